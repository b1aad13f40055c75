package io.hark.schema;

/// What it takes to see events of a kind: where one has to stand, and whether keys are needed.
public enum Sight {
    /// Headers and handshakes: seen wherever packets pass, encrypted or not.
    SHAPE,
    /// What is said: seen where it is not encrypted, and inside TLS where keys are at hand.
    CONTENT,
    /// What is said by protocols that bring their own encryption, which no key at hand opens (SMB
    /// 3, sealed DCE-RPC): seen as far as they leave it off.
    SEALED,
    /// What no router passes on: seen only on the segment of the hosts.
    SEGMENT,
    /// What a decoder read, of the families that it knows.
    DECODED,
    /// Lines of logs.
    LOG,
    /// Records of flow exporters.
    FLOW
}
