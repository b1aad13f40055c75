package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Ssl;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.Fingerprint;
import io.hark.format.tls.ServerHello;
import io.hark.format.tls.TlsNames;
import org.jspecify.annotations.Nullable;

/// The handshake of one connection: the hellos, which everybody can read, and what a secret opens
/// of the rest.
///
/// *Thread*: the worker that owns the connection.
final class Hellos {

    private static final int ENCRYPTED_EXTENSIONS = 8;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int FINISHED = 20;

    private final Connection connection;
    private final StringBuilder history = new StringBuilder(2);
    private long began;
    private @Nullable ClientHello client;
    private @Nullable ServerHello server;
    private @Nullable String agreed;
    private @Nullable String secret;
    private boolean established;
    private @Nullable String ja3;
    private @Nullable String ja4;

    Hellos(Connection connection) {
        this.connection = connection;
    }

    /// Takes the client's; answers it, or null where it is none.
    @Nullable ClientHello client(Bytes body) {
        ClientHello hello = ClientHello.read(body, false);
        if (hello == null) {
            connection.anomaly("quic_broken_client_hello", null);
            return null;
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
        return hello;
    }

    /// Takes the server's; answers it, or null where it is none.
    @Nullable ServerHello server(Bytes body) {
        ServerHello hello = ServerHello.read(body);
        if (hello == null) {
            connection.anomaly("quic_broken_server_hello", null);
            return null;
        }
        began = client == null ? connection.now() : began;
        server = hello;
        history.append(hello.retry() ? 'j' : 's');
        return hello;
    }

    /// A message that the server says behind its hello, from its type on.
    void message(Bytes in) {
        int type = in.u8();
        in.skip(3); // its length: it is whole
        switch (type) {
            case ENCRYPTED_EXTENSIONS -> {
                agreed = ServerHello.protocol(in, agreed);
                history.append('o');
            }
            case CERTIFICATE -> history.append('x');
            case CERTIFICATE_VERIFY -> history.append('r');
            case FINISHED -> history.append('f');
            default -> {}
        }
    }

    /// What is inside was opened by the secret called so.
    void openedBy(String name) {
        secret = name;
    }

    /// Both sides have the keys of the application.
    void established() {
        established = true;
    }

    /// What both sides agreed to speak, or the client offered first.
    @Nullable String agreed() {
        return agreed == null ? protocol() : agreed;
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
                        agreed,
                        established,
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
                        secret,
                        null));
    }
}
