package io.hark.format.tls;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server chose of a client's offer.
///
/// ```
///  2       32      1+n         2            1            2+n
/// +-------+-------+-----------+------------+------------+------------+
/// |version| random| session id| cipher     | compression| extensions |
/// +-------+-------+-----------+------------+------------+------------+
/// ```
///
/// *Source*: RFC 8446 §4.1.3 (a retry request is a server hello with a certain random), RFC 5246
/// §7.4.1.3.
///
/// @param legacyVersion the version field
/// @param version the version chosen: the extension's where there is one, else the field's
/// @param random 32 octets
/// @param sessionId the session's id, or empty
/// @param cipher cipher suite
/// @param extensions types of the extensions, in the order of the wire
/// @param protocol application protocol (ALPN), every octet one character
/// @param group group of the key share, or -1
/// @param acceptsPsk whether it takes a pre-shared key that the client offered
/// @param retry whether it asks for another client hello
/// @param damaged whether its extensions break off or contradict their lengths
public record ServerHello(
        int legacyVersion,
        int version,
        byte[] random,
        byte[] sessionId,
        int cipher,
        int[] extensions,
        @Nullable String protocol,
        int group,
        boolean acceptsPsk,
        boolean retry,
        boolean damaged) {

    private static final int RANDOM = 32;

    /// SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).
    private static final byte[] RETRY =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /// Reads the body of a server hello (behind type and length); null where its fixed part is
    /// broken.
    public static @Nullable ServerHello read(Bytes body) {
        int version = body.u16();
        byte[] random = body.take(RANDOM);
        // drafts of TLS 1.3 before 22 have neither session id nor compression
        boolean early = version >>> 8 == 0x7f;
        byte[] sessionId = early ? new byte[0] : body.take(body.u8());
        int cipher = body.u16();
        if (!early) {
            body.skip(1);
        }
        if (!body.ok()) {
            return null;
        }
        Extensions read = new Extensions();
        HelloParts.extensions(body, read);
        return new ServerHello(
                version,
                read.version < 0 ? version : read.version,
                random,
                sessionId,
                cipher,
                read.types.toArray(),
                read.protocols.isEmpty() ? null : read.protocols.getFirst(),
                read.group,
                read.psk,
                Arrays.equals(random, RETRY),
                read.damaged);
    }

    /// The application protocol (ALPN) of encrypted extensions (RFC 8446 §4.3.1), or `otherwise`.
    public static @Nullable String protocol(Bytes extensions, @Nullable String otherwise) {
        Extensions read = new Extensions();
        HelloParts.extensions(extensions, read);
        return read.protocols.isEmpty() ? otherwise : read.protocols.getFirst();
    }

    /// What the extensions say, as they are read.
    private static final class Extensions implements HelloParts.Sink {
        private static final int PROTOCOLS = 16;
        private static final int OLD_KEY_SHARE = 40;
        private static final int PRE_SHARED_KEY = 41;
        private static final int SUPPORTED_VERSIONS = 43;
        private static final int KEY_SHARE = 51;

        private final HelloParts.Types types = new HelloParts.Types();
        private final List<String> protocols = new ArrayList<>();
        private int version = -1;
        private int group = -1;
        private boolean psk;
        private boolean damaged;

        @Override
        public void extension(int type, int length, Bytes body) {
            types.add(type);
            switch (type) {
                case PROTOCOLS -> HelloParts.protocols(body, protocols);
                case PRE_SHARED_KEY -> psk = true;
                case SUPPORTED_VERSIONS -> version = length == 2 ? body.u16() : version;
                case KEY_SHARE, OLD_KEY_SHARE -> group = length >= 2 ? body.u16() : group;
                default -> {}
            }
        }

        @Override
        public void damaged() {
            damaged = true;
        }
    }
}
