package io.hark.format.hpack;

/// Takes the fields of a block in their order.
public interface FieldSink {

    /// One header, or a pseudo-header whose name begins with a colon. Each character is an octet.
    void field(String name, String value);
}
