package io.hark.notify;

import io.hark.config.NotifyTarget;
import io.hark.config.NotifyTarget.Syslog;
import io.hark.event.Finding.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A line of syslog.
///
/// *Shape* (RFC 5424): `<PRI>1 TIME HOST hark PID finding [hark@32473 id="…" severity="…"] TEXT`,
/// facility local0, in UTF-8. By TCP and TLS with its length in front (RFC 6587 §3.4.1, RFC 5425
/// §4.3), one connection each; by UDP cut to 2048 octets (RFC 5426 §3.2). Syslog acknowledges
/// nothing: delivered means that the server's kernel has it, by UDP not even that.
final class SyslogChannel implements Channel {

    private static final int LOCAL0 = 16;
    private static final int MAX_DATAGRAM = 2048;
    private static final int MAX_MESSAGE = 8192; // RFC 5425 §4.3.1: more, receivers may cut
    private static final int MAX_HOST = 255; // RFC 5424 §6
    private static final String ENTERPRISE = "hark@32473"; // RFC 5612: nobody's number

    private final Syslog target;

    SyslogChannel(Syslog target) {
        this.target = target;
    }

    @Override
    public void send(Notice notice) throws IOException {
        byte[] message = message(notice);
        if (target.kind() == NotifyTarget.Kind.SYSLOG_UDP) {
            byte[] cut = cut(message, MAX_DATAGRAM);
            try (DatagramSocket socket = new DatagramSocket()) {
                InetAddress address = InetAddress.getByName(target.address());
                socket.send(new DatagramPacket(cut, cut.length, address, target.port()));
            }
            return;
        }
        byte[] cut = cut(message, MAX_MESSAGE);
        try (Socket plain = Reach.connect(target.address(), target.port());
                Socket socket =
                        target.kind() == NotifyTarget.Kind.SYSLOG_TLS
                                ? Reach.secure(plain, target.address(), target.authorities())
                                : plain) {
            OutputStream out = socket.getOutputStream();
            out.write((cut.length + " ").getBytes(StandardCharsets.US_ASCII));
            out.write(cut);
            out.flush();
            socket.shutdownOutput();
        }
    }

    private static byte[] message(Notice notice) {
        String text =
                notice.lines().isEmpty()
                        ? notice.subject()
                        : notice.subject() + " · " + String.join(" · ", notice.lines());
        return "<%d>1 %s %s hark %d finding [%s id=\"%s\" severity=\"%s\"] %s"
                .formatted(
                        LOCAL0 * 8 + severity(notice.severity()),
                        notice.made(),
                        host(),
                        ProcessHandle.current().pid(),
                        ENTERPRISE,
                        value(notice.id()),
                        notice.severity().name().toLowerCase(Locale.ROOT),
                        text)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 5424 §6.2.1: critical, error, warning, notice.
    private static int severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 2;
            case HIGH -> 3;
            case MEDIUM -> 4;
            case LOW -> 5;
        };
    }

    private static String host() {
        try {
            String name =
                    InetAddress.getLocalHost().getHostName().replaceAll("[^\\x21-\\x7e]", "-");
            return name.isEmpty() ? "-" : name.substring(0, Math.min(MAX_HOST, name.length()));
        } catch (UnknownHostException e) {
            return "-"; // RFC 5424 §6.2.4: what is not known
        }
    }

    /// RFC 5424 §6.3.3: three characters are escaped.
    private static String value(String text) {
        return text.replaceAll("([\"\\\\\\]])", "\\\\$1");
    }

    /// As much as has room, to the end of a character.
    private static byte[] cut(byte[] message, int most) {
        if (message.length <= most) {
            return message;
        }
        int end = most;
        while (end > 0 && (message[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }
}
