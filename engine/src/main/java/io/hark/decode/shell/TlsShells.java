package io.hark.decode.shell;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.event.Message;
import io.hark.format.tls.CertificateList;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import io.hark.format.tls.TlsNames;
import io.hark.format.tlscrypt.CipherSuite;
import io.hark.format.tlscrypt.Flight;
import io.hark.format.x509.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shells inside TLS, opened by the server's RSA key where the handshake used RSA key transport
/// (TLS 1.0 to 1.2), or by a key log.
///
/// *Taste*: no secret is known below the wall, so the handshake's shape decides. Each of these
/// weighs something: no server name, no application protocols, a certificate that names itself as
/// its issuer, RSA key transport; two of them are enough. A browser, a mail server or an update
/// service has one at most; `ncat --ssl`, `openssl s_client`, stagers and RATs have most. What is
/// tasted is small: [#MAX_CARRIED].
///
/// What is opened and proves to be no shell is shown as it is, with nobody told from nobody.
public final class TlsShells implements Decoder<TlsState> {

    /// The most bytes of one connection that are carried up: a long evening at a keyboard, a small
    /// part of a download.
    static final long MAX_CARRIED = 1L << 20;

    private static final int ENOUGH = 4;
    private static final int CERTIFICATE = 11;
    private static final List<String> LAYERS = List.of("tcp", "tls");

    @Override
    public String name() {
        return "tls-shell";
    }

    @Override
    public String about() {
        return "shells inside TLS, opened by an RSA key or a key log";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("shell"),
                Set.of(Carrier.TLS),
                Set.of(Secret.Kind.RSA_PRIVATE, Secret.Kind.TLS_KEY_LOG),
                "nothing: its pieces wait for a key",
                "everything: TLS 1.0 to 1.2 with the server's RSA key if RSA key transport was"
                        + " used, TLS 1.0 to 1.3 with a key log",
                true);
    }

    @Override
    public Class<TlsState> stateType() {
        return TlsState.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof StreamStart start)) {
            return Verdict.NO;
        }
        if (start.originator().length() > 0 && start.originator().peek(0) != Flight.HANDSHAKE) {
            return Verdict.NO;
        }
        Flight client = Flight.of(start.originator().toArray());
        byte[] hello = client.body(1);
        if (!client.tls() || hello == null) {
            return client.tls() && client.open() ? Verdict.MORE : Verdict.NO;
        }
        ClientHello offered = ClientHello.read(Bytes.of(hello), false);
        boolean named = offered != null && offered.serverName() != null;
        boolean alpn = offered != null && !offered.protocols().isEmpty();
        boolean modern =
                offered != null && Arrays.stream(offered.versions()).anyMatch(TlsNames::is13);
        if (offered == null || (named && alpn && modern)) {
            return Verdict.NO; // what every browser sends
        }
        int weight = (named ? 0 : 2) + (alpn ? 0 : 2);
        Flight server = Flight.of(start.responder().toArray());
        byte[] answer = server.body(2);
        ServerHello chosen = answer == null ? null : ServerHello.read(Bytes.of(answer));
        if (!server.tls() || chosen == null) {
            return server.tls() && server.open() ? Verdict.MORE : Verdict.NO;
        }
        CipherSuite suite = CipherSuite.of(chosen.cipher());
        weight += suite != null && suite.rsaTransport() ? 2 : 0;
        byte[] certificates = server.body(CERTIFICATE);
        if (certificates != null) {
            weight += isSelfIssued(certificates) ? 2 : -3;
        } else if (!TlsNames.is13(chosen.version()) && server.open() && client.open()) {
            return Verdict.MORE;
        }
        return weight >= ENOUGH ? Verdict.YES : Verdict.NO;
    }

    /// Whether the first certificate of a certificate message (TLS 1.0 to 1.2) names its subject as
    /// its issuer.
    private static boolean isSelfIssued(byte[] message) {
        List<byte[]> chain = CertificateList.read(Bytes.of(message), false);
        Certificate first = chain.isEmpty() ? null : Certificate.read(chain.getFirst());
        return first != null && first.issuer().equals(first.subject());
    }

    @Override
    public void keys(Carried input, Keys sink) {
        sink.add(input.uid());
    }

    @Override
    public @Nullable TlsState converse(Carried piece, @Nullable TlsState state, Conversation turn) {
        if (!(piece instanceof StreamPiece run)) {
            return state;
        }
        TlsReader reader =
                new TlsReader(
                        state == null ? TlsState.start(run.uid(), run.id()) : state, name(), turn);
        return reader.piece(run) ? null : reader.state();
    }

    @Override
    public @Nullable TlsState wake(TlsState state, Turn<Message> turn) {
        ShellReader reader = reader(state.shell(), name(), turn);
        reader.idle(turn.now());
        return state.with(reader.state());
    }

    @Override
    public void end(TlsState state, Turn<Message> turn) {
        if (state.phase() == TlsState.Phase.OPEN) {
            reader(state.shell(), name(), turn).end();
        }
    }

    /// The reader of what is inside.
    static ShellReader reader(ShellState shell, String decoder, Turn<Message> turn) {
        String secret = shell.secret().isEmpty() ? null : shell.secret();
        return new ShellReader(
                shell,
                new Voice(turn, decoder, "shell", true, shell.uid(), shell.id(), LAYERS, secret));
    }
}
