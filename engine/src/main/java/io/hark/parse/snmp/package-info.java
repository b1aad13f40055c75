/// SNMP: what managers ask agents.
///
/// Sees the ground and the wall. Start with [io.hark.parse.snmp.SnmpParser].
@NullMarked
package io.hark.parse.snmp;

import org.jspecify.annotations.NullMarked;
