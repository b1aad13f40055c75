package io.hark.carry;

/// A carried piece that is one whole by itself, and is tasted by itself: an exchange, a message, a
/// mail, a file. The parser that read it offers it.
public sealed interface Offered extends Carried
        permits HttpExchange, DnsTransaction, WebSocketMessage, Mail, FilePiece {

    /// The same for another decoder.
    ///
    /// @param place see [Carried#sequence]
    Offered to(String reader, long place);
}
