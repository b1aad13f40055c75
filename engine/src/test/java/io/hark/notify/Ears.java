package io.hark.notify;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A server on loopback that hears one connection after the other and keeps what each said.
final class Ears implements AutoCloseable {

    /// What goes on in one connection; what it answers is what was heard.
    interface Talk {
        String with(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Ears(ServerSocket server, Talk talk) {
        this.server = server;
        this.thread = Thread.ofVirtual().start(() -> listen(talk));
    }

    static Ears of(Talk talk) throws IOException {
        return new Ears(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), talk);
    }

    private void listen(Talk talk) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                heard.add(talk.with(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    heard.add("broken: " + e);
                }
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// What the next connection said.
    String next() throws InterruptedException {
        return heard.take();
    }

    boolean isQuiet() {
        return heard.isEmpty();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }

    // ---- kinds of talk

    /// Everything until the other side ends.
    static Talk all() {
        return socket -> new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// The same, inside TLS.
    static Talk secret(SSLContext tls) {
        return socket -> {
            try (SSLSocket inside =
                    (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true)) {
                return all().with(inside);
            }
        };
    }

    /// One HTTP request; answered with a status.
    static Talk http(int status) {
        return socket -> {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("no request");
                }
                head.write(octet);
            }
            String text = head.toString(StandardCharsets.UTF_8);
            int length = 0;
            for (String line : text.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write(
                            ("HTTP/1.1 "
                                            + status
                                            + " x\r\nContent-Length: 0\r\n"
                                            + "Location: http://127.0.0.1:1/\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return text + body;
        };
    }

    /// A mail server: answers as RFC 5321 has it and keeps all lines.
    ///
    /// @param tls for STARTTLS; null for a server that has none
    static Talk smtp(@Nullable SSLContext tls) {
        return socket -> smtp(socket, tls, false);
    }

    private static String smtp(Socket socket, @Nullable SSLContext tls, boolean greeted)
            throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
        OutputStream out = socket.getOutputStream();
        if (!greeted) {
            answer(out, "220 mail.test");
        }
        boolean data = false;
        String line = in.readLine();
        while (line != null) {
            lines.add(line);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    answer(out, "250 kept");
                }
            } else if (line.startsWith("EHLO")) {
                answer(out, tls == null ? "250 mail.test" : "250-mail.test\r\n250 STARTTLS");
            } else if (line.equals("STARTTLS") && tls != null) {
                answer(out, "220 go on");
                try (SSLSocket inside =
                        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true)) {
                    return "STARTTLS\n" + smtp(inside, null, true);
                }
            } else if (line.equals("DATA")) {
                data = true;
                answer(out, "354 go on");
            } else if (line.equals("QUIT")) {
                break;
            } else {
                answer(out, line.startsWith("AUTH") ? "235 welcome" : "250 fine");
            }
            line = in.readLine();
        }
        return String.join("\n", lines);
    }

    private static void answer(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
