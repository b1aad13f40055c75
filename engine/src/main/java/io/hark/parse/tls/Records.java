package io.hark.parse.tls;

/// Numbers and limits of the record and handshake layers.
///
/// ```
///  1      2         2        length
/// +------+---------+--------+--- - -+        handshake messages, one or several in a record, or one over
/// | type | version | length | body  |        several:  type 1, length 3, body
/// +------+---------+--------+--- - -+
/// ```
///
/// *Source*: RFC 8446 §5.1, RFC 5246 §6.2, §7.4.
final class Records {

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEARTBEAT = 24;

    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int ENCRYPTED_EXTENSIONS = 8;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;
    static final int CLIENT_KEY_EXCHANGE = 16;
    static final int CERTIFICATE_STATUS = 22;

    /// Type, version and length of a record.
    static final int HEADER = 5;

    /// Type and length of a handshake message.
    static final int MESSAGE_HEADER = 4;

    /// The longest body of a record: 2^14, and 2,048 for compression and encryption (RFC 5246
    /// §6.2.3).
    static final int MAX_RECORD = (1 << 14) + 2048;

    /// The longest handshake message that is put together: certificates of some hundred kilobytes
    /// exist.
    static final int MAX_HANDSHAKE = 1 << 18;

    private Records() {}
}
