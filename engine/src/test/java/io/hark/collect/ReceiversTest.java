package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.hark.config.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiversTest {

    private static final String HOST = "127.0.0.1";
    private static final String TOKEN = "a token of the test";
    private static final long PATIENCE = 60_000;

    @TempDir private Path dir = Path.of("");

    private final Complaints complaints = new Complaints();
    private ScheduledExecutorService timer;
    private Journal journal;
    private Intake intake;
    private JournalReader reader;

    @BeforeEach
    void open() throws IOException {
        timer = Executors.newSingleThreadScheduledExecutor();
        journal = Journal.open(dir.resolve("journal"), 16_000_000, Position.START);
        intake = new Intake(journal, new Sources(), new Marks(), InstantSource.system());
        reader = journal.reader(Position.START);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        journal.close();
        timer.shutdownNow();
    }

    private Listener listener(
            Listener.Kind kind, Listener.@Nullable Tls tls, @Nullable Path token) {
        return new Listener(
                kind,
                "l",
                HOST,
                0,
                ZoneOffset.UTC,
                null,
                new Listener.Limits(1000, 8, 2),
                tls,
                token,
                List.of());
    }

    private List<String> taken() throws Exception {
        long ticket = journal.append(new Taken("", "", "", "", 0, 0, new byte[0]));
        assertThat(journal.await(ticket, PATIENCE)).isTrue();
        List<String> taken = new ArrayList<>();
        for (Taken one = reader.next(); one != null; one = reader.next()) {
            String from = one.source();
            if (one.form().equals(Taken.MESSAGES)) {
                Messages.forEach(
                        one.payload(),
                        (all, at, length) ->
                                taken.add(
                                        from
                                                + ": "
                                                + new String(
                                                        all, at, length, StandardCharsets.UTF_8)));
            } else if (!one.form().isEmpty()) {
                taken.add(from + ": " + new String(one.payload(), StandardCharsets.UTF_8));
            }
        }
        return taken;
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        to.getOutputStream().flush();
    }

    @Test
    void a_datagram_is_a_message() throws Exception {
        try (Datagrams udp =
                        new Datagrams(
                                listener(Listener.Kind.SYSLOG_UDP, null, null),
                                intake,
                                complaints);
                DatagramSocket client = new DatagramSocket()) {
            for (String text : List.of("<34>one\nstill one", "<34>" + "x".repeat(2000))) {
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                client.send(
                        new DatagramPacket(
                                octets, octets.length, InetAddress.getByName(HOST), udp.port()));
            }
            udp.start();
        }
        assertThat(taken())
                .containsExactly(HOST + ": <34>one\nstill one", HOST + ": <34>" + "x".repeat(996));
    }

    @Test
    void streams_of_both_forms_are_read_side_by_side_to_their_end() throws Exception {
        try (Streams tcp =
                        new Streams(
                                listener(Listener.Kind.SYSLOG_TCP, null, null),
                                intake,
                                complaints,
                                timer);
                Socket lines = new Socket(HOST, tcp.port());
                Socket counted = new Socket(HOST, tcp.port())) {
            send(lines, "<34>a\n<34>b\n<34>without an end");
            send(counted, "7 <34>c\nd7 <34>e f");
            tcp.start();
            lines.shutdownOutput();
            counted.shutdownOutput();
        }
        assertThat(taken())
                .containsExactlyInAnyOrder(
                        HOST + ": <34>a",
                        HOST + ": <34>b",
                        HOST + ": <34>without an end",
                        HOST + ": <34>c\nd",
                        HOST + ": <34>e f");
    }

    @Test
    void one_address_has_so_many_connections_and_no_more() throws Exception {
        try (Streams tcp =
                        new Streams(
                                listener(Listener.Kind.SYSLOG_TCP, null, null),
                                intake,
                                complaints,
                                timer);
                Socket first = new Socket(HOST, tcp.port());
                Socket second = new Socket(HOST, tcp.port())) {
            tcp.start();
            try (Socket third = new Socket(HOST, tcp.port())) {
                assertThat(third.getInputStream().read()).isEqualTo(-1);
            }
            send(first, "<34>a\n");
            send(second, "<34>b\n");
        }
        assertThat(taken()).containsExactlyInAnyOrder(HOST + ": <34>a", HOST + ": <34>b");
        assertThat(intake.sources().of(new SourceName("l", HOST)).status().refused()).isEqualTo(1);
    }

    @Test
    void tls_hears_those_that_are_vouched_for_and_nobody_else() throws Exception {
        TestCertificates certificates = new TestCertificates(dir);
        Listener listener = listener(Listener.Kind.SYSLOG_TLS, certificates.server(true), null);
        try (Streams tls = new Streams(listener, intake, complaints, timer)) {
            tls.start();
            try (Socket known = connect(certificates.client(true), tls.port())) {
                send(known, "5 <34>a");
                assertThatThrownBy(
                                () -> {
                                    try (Socket unknown =
                                            connect(certificates.client(false), tls.port())) {
                                        send(unknown, "5 <34>b");
                                        unknown.getInputStream().read();
                                    }
                                })
                        .isInstanceOf(IOException.class);
            }
            try (Socket plain = new Socket(HOST, tls.port())) {
                send(plain, "5 <34>c 5 <34>d");
                plain.getInputStream().readAllBytes();
            }
        }
        assertThat(taken()).containsExactly(HOST + ": <34>a");
    }

    private static Socket connect(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(HOST, port);
        socket.startHandshake();
        return socket;
    }

    /// A client of the ingest.
    private final class Client implements AutoCloseable {
        private final HttpClient http;
        private final int port;

        Client(SSLContext context, int port) {
            this.http = HttpClient.newBuilder().sslContext(context).build();
            this.port = port;
        }

        private HttpRequest.Builder to() {
            return HttpRequest.newBuilder(URI.create("https://" + HOST + ":" + port + "/v1/events"))
                    .header("Authorization", "Bearer " + TOKEN);
        }

        String post(long sequence, String coding, byte[] body) throws Exception {
            HttpRequest.Builder request =
                    to().header("Hark-Source", "host1")
                            .header("Hark-Sequence", "" + sequence)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            return answer(
                    coding.isEmpty()
                            ? request.build()
                            : request.header("Content-Encoding", coding).build());
        }

        String answer(HttpRequest request) throws Exception {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }

        @Override
        public void close() {
            http.close();
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(octets(text));
        }
        return packed.toByteArray();
    }

    @Test
    void a_post_is_taken_once_however_often_it_comes() throws Exception {
        TestCertificates certificates = new TestCertificates(dir);
        Path token = Files.writeString(dir.resolve("token"), TOKEN + "\n");
        Listener listener = listener(Listener.Kind.HTTPS, certificates.server(false), token);
        try (Ingest https = new Ingest(listener, intake, complaints);
                Client client = new Client(certificates.client(false), https.port())) {
            https.start();
            assertThat(client.answer(client.to().GET().build())).isEqualTo("200 {\"last\":-1}");
            assertThat(client.post(7, "", octets("{\"a\":1}\n")))
                    .isEqualTo("200 {\"accepted\":true}");
            assertThat(client.post(7, "", octets("{\"a\":1}\n")))
                    .isEqualTo("200 {\"accepted\":true,\"repeated\":true}");
            assertThat(client.post(9, "", octets("{\"a\":3}\n"))).isEqualTo("409 {\"expected\":8}");
            assertThat(client.post(8, "gzip", gzip("{\"a\":2}\n"))).startsWith("200");
            assertThat(client.post(9, "zstd", Zstd.compress(octets("{\"a\":3}\n"))))
                    .startsWith("200");
        }
        assertThat(taken())
                .containsExactly("host1: {\"a\":1}\n", "host1: {\"a\":2}\n", "host1: {\"a\":3}\n");

        try (Ingest again = new Ingest(listener, intake, complaints);
                Client client = new Client(certificates.client(false), again.port())) {
            again.start();
            assertThat(client.post(9, "", octets("{\"a\":3}\n"))).contains("repeated");
        }
        assertThat(taken()).isEmpty();
    }

    @Test
    void a_post_that_may_not_be_is_answered_with_why() throws Exception {
        TestCertificates certificates = new TestCertificates(dir);
        Path token = Files.writeString(dir.resolve("token"), TOKEN);
        Listener listener = listener(Listener.Kind.HTTPS, certificates.server(false), token);
        try (Ingest https = new Ingest(listener, intake, complaints);
                Client client = new Client(certificates.client(false), https.port())) {
            https.start();
            HttpRequest unknown =
                    HttpRequest.newBuilder(client.to().build().uri())
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            assertThat(client.answer(unknown)).startsWith("401");
            assertThat(client.post(1, "br", octets("{}"))).startsWith("415");
            assertThat(client.post(1, "gzip", octets("{}"))).startsWith("400");
            assertThat(client.post(1, "", new byte[(4 << 20) + 1])).startsWith("413");
            assertThat(client.post(1, "gzip", gzip("x".repeat(5 << 20)))).startsWith("413");
            assertThat(client.answer(client.to().header("Hark-Source", "a/b").GET().build()))
                    .startsWith("400");
            assertThat(client.answer(client.to().DELETE().build())).startsWith("405");
        }
        assertThat(taken()).isEmpty();
    }

    @Test
    void a_full_journal_is_answered_with_come_again() throws Exception {
        byte[] large = new byte[4 << 20];
        TestCertificates certificates = new TestCertificates(dir);
        Listener listener = listener(Listener.Kind.HTTPS, certificates.server(true), null);
        try (Ingest https = new Ingest(listener, intake, complaints);
                Client client = new Client(certificates.client(true), https.port())) {
            https.start();
            for (int i = 1; i <= 3; i++) {
                assertThat(client.post(i, "", large)).startsWith("200");
            }
            assertThat(client.post(4, "", large)).startsWith("503");
            while (reader.next() != null) {
                journal.release(reader.position());
            }
            assertThat(client.post(4, "", large)).startsWith("200");
        }
    }
}
