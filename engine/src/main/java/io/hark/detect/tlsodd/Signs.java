package io.hark.detect.tlsodd;

import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import java.util.List;

/// What is odd in the handshakes of one host with one server.
///
/// @param signs of the oddest handshake, in words
/// @param subject of the server's certificate; empty where none was seen
public record Signs(List<String> signs, String subject, Span span, Said said) implements Gathered {

    static final Signs NONE = new Signs(List.of(), "", Span.NONE, Said.NOTHING);

    /// The certificate is signed by its own subject.
    static final String OWN = "its certificate is of its own making";

    /// It is signed by another, unknown one, and is for no host name.
    static final String NO_HOST = "its certificate is for no host";

    Signs with(Said more) {
        return new Signs(signs, subject, span, more);
    }

    Signs with(List<String> now, String of, Span at) {
        return new Signs(now, of, at, said);
    }
}
