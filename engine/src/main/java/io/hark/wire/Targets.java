package io.hark.wire;

import io.hark.schema.Addr;

/// Which overlap policy a host follows; asked of the receiver, and only where data overlap and
/// differ.
///
/// *Thread*: asked by the reader and by every worker.
public interface Targets {

    /// All follow the default: what came first stays.
    Targets DEFAULT = all(OverlapPolicy.FIRST);

    /// The policy of the host that receives.
    OverlapPolicy of(Addr receiver);

    /// The same policy for every host.
    static Targets all(OverlapPolicy policy) {
        return _ -> policy;
    }
}
