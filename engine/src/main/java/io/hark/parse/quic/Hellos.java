package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Ssl;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.Fingerprint;
import io.hark.format.tls.ServerHello;
import io.hark.format.tls.TlsNames;
import org.jspecify.annotations.Nullable;

/// The hellos of one connection: all of a TLS handshake in QUIC that everybody can read.
///
/// *Thread*: the worker that owns the connection.
final class Hellos {

    private final Connection connection;
    private final StringBuilder history = new StringBuilder(2);
    private long began;
    private @Nullable ClientHello client;
    private @Nullable ServerHello server;
    private @Nullable String ja3;
    private @Nullable String ja4;

    Hellos(Connection connection) {
        this.connection = connection;
    }

    /// Takes the client's; answers whether it is one.
    boolean client(Bytes body) {
        ClientHello hello = ClientHello.read(body, false);
        if (hello == null) {
            connection.anomaly("quic_broken_client_hello", null);
            return false;
        }
        began = connection.now();
        client = hello;
        history.append('C');
        ja3 = Fingerprint.ja3(hello);
        ja4 = Fingerprint.ja4(hello, Fingerprint.Carrier.QUIC);
        if (hello.serverName() != null) {
            connection.name(hello.serverName(), "sni");
        }
        connection.confirm("ssl");
        return true;
    }

    /// Takes the server's; answers whether it is one.
    boolean server(Bytes body) {
        ServerHello hello = ServerHello.read(body);
        if (hello == null) {
            connection.anomaly("quic_broken_server_hello", null);
            return false;
        }
        began = client == null ? connection.now() : began;
        server = hello;
        history.append(hello.retry() ? 'j' : 's');
        return true;
    }

    @Nullable String serverName() {
        return client == null ? null : client.serverName();
    }

    @Nullable String protocol() {
        return client == null || client.protocols().isEmpty()
                ? null
                : client.protocols().getFirst();
    }

    @Nullable String ja3() {
        return ja3;
    }

    @Nullable String ja4() {
        return ja4;
    }

    /// The connection is over.
    void close() {
        ServerHello chosen = server;
        if (client == null && chosen == null) {
            return;
        }
        connection.emit(
                new Ssl(
                        began,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        chosen == null ? null : TlsNames.version(chosen.version()),
                        chosen == null ? null : TlsNames.cipher(chosen.cipher()),
                        chosen == null || chosen.group() < 0
                                ? null
                                : TlsNames.group(chosen.group()),
                        serverName(),
                        client != null
                                && client.offersPsk()
                                && chosen != null
                                && chosen.acceptsPsk(),
                        null,
                        null,
                        false,
                        history.toString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ja3,
                        chosen == null ? null : Fingerprint.ja3s(chosen),
                        ja4,
                        connection.proto(),
                        client == null || client.protocols().isEmpty() ? null : client.protocols(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }
}
