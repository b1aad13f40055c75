package io.hark.format.tls;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client offers, the first message of a handshake. Lists are in the order of the wire,
/// GREASE included.
///
/// ```
///  2       32      1+n         2+n            1+n           2+n
/// +-------+-------+-----------+--------------+-------------+------------+
/// |version| random| session id| cipher suites| compressions| extensions |
/// +-------+-------+-----------+--------------+-------------+------------+
/// ```
///
/// *Source*: RFC 8446 §4.1.2, RFC 5246 §7.4.1.2, RFC 6066 §3, RFC 7301; the SSLv2 form RFC 5246
/// §E.2.
///
/// @param version the legacy version field
/// @param v2 whether it came in the SSLv2 form
/// @param random 32 octets; of the SSLv2 form the challenge
/// @param sessionId the session it wants to go on with, or empty
/// @param ciphers cipher suites; of the SSLv2 form numbers of three octets
/// @param extensions types of the extensions
/// @param serverName the first host name of the server name indication
/// @param protocols application protocols (ALPN), every octet one character
/// @param groups groups of the key exchange
/// @param pointFormats EC point formats
/// @param signatureAlgorithms signature algorithms
/// @param versions supported versions (TLS 1.3)
/// @param hasTicket whether it shows a session ticket that is not empty
/// @param offersPsk whether it offers a pre-shared key
/// @param damaged whether its extensions break off or contradict their lengths; what was read
///   before is kept
public record ClientHello(
        int version,
        boolean v2,
        byte[] random,
        byte[] sessionId,
        int[] ciphers,
        int[] extensions,
        @Nullable String serverName,
        List<String> protocols,
        int[] groups,
        int[] pointFormats,
        int[] signatureAlgorithms,
        int[] versions,
        boolean hasTicket,
        boolean offersPsk,
        boolean damaged) {

    private static final int RANDOM = 32;
    private static final int[] NONE = {};

    /// Reads the body of a client hello (behind type and length); null where its fixed part is
    /// broken.
    ///
    /// @param datagram whether it is DTLS, which has a cookie behind the session id
    public static @Nullable ClientHello read(Bytes body, boolean datagram) {
        int version = body.u16();
        byte[] random = body.take(RANDOM);
        byte[] sessionId = body.take(body.u8());
        if (datagram) {
            body.skip(body.u8());
        }
        int cipherOctets = body.u16();
        if (cipherOctets < 2 || cipherOctets % 2 != 0) {
            body.fail("no cipher suites");
        }
        int[] ciphers = HelloParts.numbers(body, cipherOctets, 2);
        int compressions = body.u8();
        body.skip(compressions);
        if (!body.ok()) {
            return null;
        }
        Extensions read = new Extensions();
        HelloParts.extensions(body, read);
        return new ClientHello(
                version,
                false,
                random,
                sessionId,
                ciphers,
                read.types.toArray(),
                read.serverName,
                List.copyOf(read.protocols),
                read.groups,
                read.pointFormats,
                read.signatureAlgorithms,
                read.versions,
                read.ticket,
                read.psk,
                read.damaged);
    }

    /// Reads the SSLv2 form, from the version on (behind the length of two octets and the type);
    /// null where it is broken.
    public static @Nullable ClientHello readV2(Bytes body) {
        int version = body.u16();
        int cipherOctets = body.u16();
        int idOctets = body.u16();
        int challengeOctets = body.u16();
        if (cipherOctets % 3 != 0) {
            body.fail("cipher specs are not three octets each");
        }
        int[] ciphers = HelloParts.numbers(body, cipherOctets, 3);
        byte[] sessionId = body.take(idOctets);
        byte[] challenge = body.take(challengeOctets);
        return body.ok()
                ? new ClientHello(
                        version, true, challenge, sessionId, ciphers, NONE, null, List.of(), NONE,
                        NONE, NONE, NONE, false, false, false)
                : null;
    }

    /// What the extensions say, as they are read.
    private static final class Extensions implements HelloParts.Sink {
        private static final int SERVER_NAME = 0;
        private static final int GROUPS = 10;
        private static final int POINT_FORMATS = 11;
        private static final int SIGNATURE_ALGORITHMS = 13;
        private static final int PROTOCOLS = 16;
        private static final int SESSION_TICKET = 35;
        private static final int PRE_SHARED_KEY = 41;
        private static final int SUPPORTED_VERSIONS = 43;

        private final HelloParts.Types types = new HelloParts.Types();
        private final List<String> protocols = new ArrayList<>();
        private @Nullable String serverName;
        private int[] groups = NONE;
        private int[] pointFormats = NONE;
        private int[] signatureAlgorithms = NONE;
        private int[] versions = NONE;
        private boolean ticket;
        private boolean psk;
        private boolean damaged;

        @Override
        public void extension(int type, int length, Bytes body) {
            types.add(type);
            switch (type) {
                case SERVER_NAME -> readServerName(body);
                case GROUPS -> groups = HelloParts.numbers(body, body.u16(), 2);
                case POINT_FORMATS -> pointFormats = HelloParts.numbers(body, body.u8(), 1);
                case SIGNATURE_ALGORITHMS ->
                        signatureAlgorithms = HelloParts.numbers(body, body.u16(), 2);
                case PROTOCOLS -> HelloParts.protocols(body, protocols);
                case SESSION_TICKET -> ticket |= length > 0;
                case PRE_SHARED_KEY -> psk = true;
                case SUPPORTED_VERSIONS -> versions = HelloParts.numbers(body, body.u8(), 2);
                default -> {}
            }
        }

        private void readServerName(Bytes body) {
            int outer = body.limit(body.u16());
            while (body.ok() && body.remaining() > 0 && serverName == null) {
                int nameType = body.u8();
                String name = body.ascii(body.u16());
                if (body.ok() && nameType == 0) {
                    serverName = name;
                }
            }
            body.unlimit(outer);
        }

        @Override
        public void damaged() {
            damaged = true;
        }
    }
}
