/// DCE-RPC over TCP: who calls what.
///
/// Sees the ground and the wall. Start with [io.hark.parse.dcerpc.DceRpcParser].
@NullMarked
package io.hark.parse.dcerpc;

import org.jspecify.annotations.NullMarked;
