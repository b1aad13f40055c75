/// NetFlow, IPFIX and sFlow: what routers, firewalls and probes export about traffic they saw.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.netflow.ExportSession], which reads a message; [io.hark.parse.netflow.Exporters]
/// remembers templates between messages.
@NullMarked
package io.hark.parse.netflow;

import org.jspecify.annotations.NullMarked;
