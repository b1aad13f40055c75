/// DCE-RPC, which has ports of its own and travels in SMB's pipes.
///
/// Sees bytes, GSS-API and the events made of them. Start with [io.hark.format.dcerpc.RpcTalk].
@NullMarked
package io.hark.format.dcerpc;

import org.jspecify.annotations.NullMarked;
