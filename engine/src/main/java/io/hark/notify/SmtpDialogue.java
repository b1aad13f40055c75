package io.hark.notify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a mail client says and hears on one connection (RFC 5321).
///
/// Every line that is said is checked to be one line, so that no text begins another command.
///
/// *Thread*: one owner.
final class SmtpDialogue {

    private static final int MAX_LINE = 1_000; // RFC 5321 §4.5.3.1.5 has 512
    private static final int MAX_LINES = 100; // of one reply

    private final InputStream in;
    private final OutputStream out;

    SmtpDialogue(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// Says a line and hears the reply.
    ///
    /// @param expected the first digit of a good one
    /// @return the lines of the reply, behind their codes
    List<String> say(String line, char expected) throws IOException {
        return say(line, expected, line.split(" ", 2)[0]);
    }

    /// The same, of a line that is a secret: what is complained of is only `what`.
    List<String> say(String line, char expected, String what) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IOException(what + ": more than one line");
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return hear(expected, what);
    }

    /// Says a line of a mail, which is not answered; a dot in front becomes two (RFC 5321 §4.5.2).
    void write(String line) throws IOException {
        String stuffed = line.startsWith(".") ? "." + line : line;
        out.write((stuffed + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Takes its leave: the mail is handed over, whatever the server says to that.
    void leave() throws IOException {
        out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// Hears a reply.
    List<String> hear(char expected, String what) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MAX_LINES) {
            String line = line();
            if (line.length() < 3 || line.charAt(0) != expected) {
                throw new IOException(what + ": answered " + line);
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return lines;
            }
        }
        throw new IOException(what + ": an answer without end");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the server hung up");
            } else if (octet == '\n') {
                return line.toString();
            } else if (octet >= 0x20 && octet < 0x7f) {
                line.append((char) octet);
            }
        }
        throw new IOException("a line without end");
    }

    /// Says who calls and hears what the server can, in upper case.
    List<String> greet(String host) throws IOException {
        return say("EHLO " + host, '2').stream()
                .map(line -> line.toUpperCase(Locale.ROOT))
                .toList();
    }
}
