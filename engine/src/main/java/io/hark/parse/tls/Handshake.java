package io.hark.parse.tls;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.Ssl;
import io.hark.format.tls.CertificateList;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.Fingerprint;
import io.hark.format.tls.ServerHello;
import io.hark.format.tls.TlsNames;
import io.hark.format.x509.Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one connection's handshake told so far, and the `ssl` event made of it.
///
/// The event goes out once: when both sides encrypt and a record proves it, or at the end of the
/// connection.
///
/// *Thread*: the worker that owns the connection.
final class Handshake {

    /// Letters of the history, by type of the message; what is not here is `z`. *Source*: Zeek,
    /// `ssl_history`.
    private static final String LETTERS = "hcsvteJzoz" + "zxkrnygzzz" + "fwuap";

    /// Letters that are kept, as in Zeek.
    private static final int MAX_HISTORY = 100;

    /// The bit that makes a letter lower case.
    private static final int LOWER = 0x20;

    private final Connection connection;
    private final boolean datagrams;
    private final StringBuilder history = new StringBuilder();
    private final Chain serverChain;
    private final Chain clientChain;
    private @Nullable Side client;
    private @Nullable ClientHello clientHello;
    private @Nullable ServerHello serverHello;
    private @Nullable String fault;
    private long began = -1;
    private int version = -1;
    private @Nullable String cipher;
    private int group = -1;
    private @Nullable String lastAlert;
    private @Nullable String protocol;
    private List<String> protocols = List.of();
    private @Nullable String ja3;
    private @Nullable String ja3s;
    private @Nullable String ja4;
    private @Nullable String serverName;
    private byte[] offeredSession = new byte[0];
    private boolean ticketAlone;
    private boolean offeredPsk;
    private boolean keyExchanged;
    private boolean resumed;
    private @Nullable String secret;
    private long asked; // octets of heartbeats in the clear
    private long answered;
    private boolean said;

    /// A handshake over TCP, or in datagrams.
    Handshake(Connection connection, boolean datagrams) {
        this.connection = connection;
        this.datagrams = datagrams;
        this.serverChain = new Chain(connection, false);
        this.clientChain = new Chain(connection, true);
    }

    /// What made reading on senseless, or null.
    @Nullable String fault() {
        return fault;
    }

    /// Reading on is senseless.
    void fail(String reason) {
        fault = fault == null ? reason : fault;
    }

    /// Whether the server chose TLS 1.3.
    boolean is13() {
        return version >= 0 && TlsNames.is13(version);
    }

    /// Tells an opening of the hello that was read last, if it was one.
    void tell(Opening to, int type, Side side) {
        if (type == Records.CLIENT_HELLO && clientHello != null) {
            to.clientHello(clientHello, side);
        } else if (type == Records.SERVER_HELLO && serverHello != null) {
            to.serverHello(serverHello);
        }
    }

    /// What is inside was opened by the secret called so.
    void openedBy(@Nullable String name) {
        secret = name;
    }

    /// Whether the server chose a version.
    boolean hasVersion() {
        return version >= 0;
    }

    /// Reads one handshake message.
    void message(int type, Bytes body, Side side) {
        begin();
        switch (type) {
            case Records.CLIENT_HELLO -> clientHello(ClientHello.read(body, datagrams), side);
            case Records.SERVER_HELLO -> serverHello(ServerHello.read(body), side);
            case Records.ENCRYPTED_EXTENSIONS -> protocol = ServerHello.protocol(body, protocol);
            case Records.CERTIFICATE -> chain(side).add(CertificateList.read(body, is13()));
            case Records.SERVER_KEY_EXCHANGE -> serverKeyExchange(body);
            case Records.CLIENT_KEY_EXCHANGE -> keyExchanged |= isClient(side);
            case Records.CERTIFICATE_STATUS -> chain(side).status(body);
            default -> {}
        }
        if (fault != null) {
            return;
        }
        boolean retry = type == Records.SERVER_HELLO && serverHello != null && serverHello.retry();
        note(side, retry ? 'j' : type < LETTERS.length() ? LETTERS.charAt(type) : 'z');
        if (!body.ok()) {
            connection.anomaly("tls_broken_message", String.valueOf(type));
        }
    }

    // ---- hellos

    private void clientHello(@Nullable ClientHello hello, Side side) {
        if (hello == null) {
            fail("broken client hello");
            return;
        }
        firstHello(side);
        boolean first = clientHello == null;
        protocols = hello.protocols();
        clientHello = hello;
        if (hello.serverName() != null) {
            serverName = hello.serverName();
            connection.name(serverName, "sni");
        }
        if (first && !hello.v2()) {
            var carrier = datagrams ? Fingerprint.Carrier.DATAGRAM : Fingerprint.Carrier.TCP;
            ja3 = Fingerprint.ja3(hello);
            ja4 = Fingerprint.ja4(hello, carrier);
        }
        offeredPsk |= hello.offersPsk();
        ticketAlone |= hello.hasTicket();
        if (!isAllZero(hello.sessionId())) {
            offeredSession = hello.sessionId();
            ticketAlone = false;
        }
        if (hello.damaged()) {
            connection.anomaly("tls_broken_extensions", "client hello");
        }
    }

    private void serverHello(@Nullable ServerHello hello, Side side) {
        if (hello == null) {
            fail("broken server hello");
            return;
        }
        firstHello(side.other());
        serverHello = hello;
        version = hello.version();
        cipher = TlsNames.cipher(hello.cipher());
        ja3s = Fingerprint.ja3s(hello);
        protocol = hello.protocol() == null ? protocol : hello.protocol();
        group = hello.group() < 0 ? group : hello.group();
        resumed |= hello.acceptsPsk() && offeredPsk;
        resumed |=
                offeredSession.length > 0
                        && Arrays.equals(offeredSession, hello.sessionId())
                        && !TlsNames.is13(version);
        if (hello.damaged()) {
            connection.anomaly("tls_broken_extensions", "server hello");
        }
    }

    /// Reads a client hello in SSLv2 form, from its version on.
    void clientHelloV2(Bytes body, Side side) {
        begin();
        clientHello(ClientHello.readV2(body), side);
        if (fault == null) {
            note(side, 'c');
        }
    }

    /// Reads an SSLv2 server hello, behind its type.
    ///
    /// *Source*: draft-hickman-netscape-ssl-00 §2.6.
    void serverHelloV2(Bytes body, Side side) {
        begin();
        int known = body.u8();
        body.skip(1); // type of the certificate
        int chosen = body.u16();
        int certificateOctets = body.u16();
        int cipherOctets = body.u16();
        body.skip(2);
        byte[] certificate = body.take(certificateOctets);
        int suite = cipherOctets >= 3 ? body.u24() : -1;
        if (!body.ok() || chosen != 2) {
            fail("broken SSLv2 server hello");
            return;
        }
        firstHello(side.other());
        version = chosen;
        cipher = suite < 0 ? null : TlsNames.cipher(suite);
        resumed = known != 0;
        if (certificate.length > 0) {
            chain(side).add(java.util.List.of(certificate));
        }
        note(side, 's');
    }

    private void firstHello(Side from) {
        if (client == null) {
            client = from;
            connection.confirm();
            if (from == Side.RESPONDER) {
                history.append('^');
            }
        }
    }

    private static boolean isAllZero(byte[] id) {
        for (byte b : id) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    // ---- the rest of the handshake

    /// The curve of an ephemeral key (RFC 8422 §5.4); other forms and other suites say nothing
    /// here.
    private void serverKeyExchange(Bytes body) {
        if (cipher != null && cipher.contains("_ECDH") && body.u8() == 3) {
            group = body.u16();
        }
    }

    /// A side changes its keys.
    void changeCipherSpec(Side side) {
        begin();
        note(side, 'i');
        resumed |= isClient(side) && ticketAlone && !keyExchanged;
    }

    /// A side says an alert in the clear.
    void alert(Side side, int description) {
        begin();
        note(side, 'l');
        lastAlert = TlsNames.alert(description);
    }

    /// A side says a heartbeat in the clear, in a record of `length` octets.
    void heartbeat(Side side, int length) {
        begin();
        note(side, 'b');
        if (isClient(side)) {
            asked += length;
        } else {
            answered += length;
        }
    }

    private void begin() {
        began = began < 0 ? connection.now() : began;
    }

    private void note(Side side, char letter) {
        if (history.length() < MAX_HISTORY) {
            history.append((char) (isClient(side) ? letter & ~LOWER : letter | LOWER));
        }
    }

    private boolean isClient(Side side) {
        return side == (client == null ? Side.ORIGINATOR : client);
    }

    private Chain chain(Side side) {
        return isClient(side) ? clientChain : serverChain;
    }

    // ---- what is said of it

    /// Both sides encrypt.
    void established() {
        say(true);
    }

    /// The connection is over.
    void close() {
        say(false);
    }

    private void say(boolean established) {
        if (said || client == null) {
            return;
        }
        said = true;
        Certificate own = serverChain.own();
        boolean certified = serverChain.hasCertificates() || clientChain.hasCertificates();
        connection.emit(
                new Ssl(
                        began,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        version < 0 ? null : TlsNames.version(version),
                        cipher,
                        group < 0 ? null : TlsNames.group(group),
                        serverName,
                        resumed,
                        lastAlert,
                        protocol,
                        established,
                        history.toString(),
                        certified ? serverChain.fingerprints() : null,
                        certified ? clientChain.fingerprints() : null,
                        serverChain.subject(),
                        serverChain.issuer(),
                        clientChain.subject(),
                        clientChain.issuer(),
                        serverName == null ? null : serverChain.matches(serverName),
                        ja3,
                        ja3s,
                        ja4,
                        connection.proto(),
                        protocols.isEmpty() ? null : protocols,
                        own == null ? null : own.serial(),
                        serverChain.sha1(),
                        own == null ? null : own.notBeforeNanos(),
                        own == null ? null : own.notAfterNanos(),
                        own == null || own.extensions().dns().isEmpty()
                                ? null
                                : own.extensions().dns(),
                        own == null ? null : serverChain.facts(serverName),
                        secret,
                        asked > 0 && answered > 0 ? answered - asked : null));
    }
}
