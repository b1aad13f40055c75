/// Asking a host for all its RPC services.
///
/// Sees the ground and the wall. Start with [io.hark.detect.rpcwalk.RpcWalks].
@NullMarked
package io.hark.detect.rpcwalk;

import org.jspecify.annotations.NullMarked;
