import java.io.FileInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection.QuicVersion;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;
import tech.kwik.flupke.Http3SingleConnectionClient;
import tech.kwik.flupke.server.Http3ApplicationProtocolFactory;

/// Speaks HTTP/3 with kwik and flupke, in either version of QUIC; samples and the decryption matrix
/// record it.
///
/// `serve PORT CERTIFICATE KEY FOLDER`, or `get 1|2|1to2 SECRETS URL...`
public final class Http3Speaker {
    public static void main(String[] a) throws Exception {
        if (a[0].equals("serve")) {
            serve(Integer.parseInt(a[1]), Path.of(a[2]), Path.of(a[3]), Path.of(a[4]));
        } else {
            get(a[1], Path.of(a[2]), List.of(a).subList(3, a.length));
        }
    }

    private static void serve(int port, Path certificate, Path key, Path folder) throws Exception {
        try (InputStream own = new FileInputStream(certificate.toFile());
                InputStream secret = new FileInputStream(key.toFile())) {
            ServerConnector connector =
                    ServerConnector.builder()
                            .withPort(port)
                            .withCertificate(own, secret)
                            .withSupportedVersions(List.of(QuicVersion.V1, QuicVersion.V2))
                            .withConfiguration(
                                    ServerConnectionConfig.builder()
                                            .maxOpenPeerInitiatedBidirectionalStreams(10)
                                            .maxOpenPeerInitiatedUnidirectionalStreams(10)
                                            .build())
                            .withLogger(new NullLogger())
                            .build();
            connector.registerApplicationProtocol(
                    "h3",
                    new Http3ApplicationProtocolFactory(
                            (request, response) -> {
                                byte[] file =
                                        Files.readAllBytes(
                                                folder.resolve(request.path().substring(1)));
                                response.setStatus(200);
                                response.getOutputStream().write(file);
                                response.getOutputStream().close();
                            }));
            connector.start();
            Thread.currentThread().join();
        }
    }

    private static void get(String version, Path secrets, List<String> urls) throws Exception {
        var builder =
                QuicClientConnection.newBuilder()
                        .uri(URI.create(urls.getFirst()))
                        .applicationProtocol("h3")
                        .noServerCertificateCheck()
                        .secrets(secrets)
                        .maxOpenPeerInitiatedUnidirectionalStreams(3)
                        .logger(new NullLogger());
        if (version.equals("1to2")) {
            builder.initialVersion(QuicVersion.V1).preferredVersion(QuicVersion.V2);
        } else {
            builder.version(version.equals("2") ? QuicVersion.V2 : QuicVersion.V1);
        }
        QuicClientConnection connection = builder.build();
        connection.connect();
        var client = new Http3SingleConnectionClient(connection, Duration.ofSeconds(5), 1L << 20);
        for (String url : urls) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("user-agent", "flupke (sample)")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            System.out.println(answer.statusCode() + " " + answer.body().length());
        }
        connection.closeAndWait(Duration.ofSeconds(1));
        System.exit(0);
    }
}
