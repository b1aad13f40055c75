/// Modbus over TCP.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.modbus.ModbusParser].
@NullMarked
package io.hark.parse.modbus;

import org.jspecify.annotations.NullMarked;
