package io.hark.detect.windows;

import io.hark.event.DceRpc;
import org.jspecify.annotations.Nullable;

/// How calls of DCE-RPC are named in tables: `interface operation`.
final class Calls {

    private Calls() {}

    /// The name of a call; null if its interface or operation is not known.
    static @Nullable String name(DceRpc call) {
        String endpoint = call.endpoint();
        String operation = call.operation();
        return endpoint == null || operation == null ? null : endpoint + ' ' + operation;
    }
}
