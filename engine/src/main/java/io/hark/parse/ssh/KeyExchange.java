package io.hark.parse.ssh;

import io.hark.bytes.Bytes;
import io.hark.bytes.Digests;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one side offers in its `SSH_MSG_KEXINIT`.
///
/// ```
/// 14, cookie (16), then ten lists of names, each with 32 bits of length:
/// 0 kex  1 host key  2,3 cipher  4,5 MAC  6,7 compression  8,9 language; first to the server
/// ```
///
/// *Source*: RFC 4253 §7.1; HASSH (BSD).
///
/// @param lists the names as they are on the wire, joined by commas
record KeyExchange(List<String> lists) {

    /// The longest list kept: OpenSSH's longest has some 600 octets.
    private static final int MAX_LIST = 8192;

    /// The most names of one list that are compared.
    private static final int MAX_NAMES = 256;

    private static final int LISTS = 8;
    static final int KEX = 0;
    static final int HOST_KEY = 1;
    static final int CIPHER = 2;
    static final int MAC = 4;
    static final int COMPRESSION = 6;

    /// Reads one from behind the type octet; `in` is malformed where it is none.
    static KeyExchange read(Bytes in) {
        in.skip(16);
        String[] lists = new String[LISTS];
        for (int i = 0; i < LISTS; i++) {
            long length = in.u32();
            if (length > MAX_LIST) {
                in.fail("list of algorithms too long");
            }
            lists[i] = in.ascii((int) Math.min(length, MAX_LIST));
        }
        return new KeyExchange(Arrays.asList(lists));
    }

    /// Fingerprint of the sender's software: what it offers for what it sends itself.
    String hassh(Side side) {
        int way = side == Side.ORIGINATOR ? 0 : 1;
        return md5(
                lists.get(KEX)
                        + ";"
                        + lists.get(CIPHER + way)
                        + ";"
                        + lists.get(MAC + way)
                        + ";"
                        + lists.get(COMPRESSION + way));
    }

    private static String md5(String text) {
        return HexFormat.of().formatHex(Digests.md5(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// The first name of the client's list `which` that the server has too (RFC 4253 §7.1), or
    /// null.
    static @Nullable String agreed(KeyExchange client, KeyExchange server, int which) {
        List<String> known = List.of(server.lists.get(which).split(",", MAX_NAMES));
        for (String name : client.lists.get(which).split(",", MAX_NAMES)) {
            if (!name.isEmpty() && known.contains(name)) {
                return name;
            }
        }
        return null;
    }

    /// What is agreed upon for both ways, from list `which` on; both are named where they differ.
    static @Nullable String bothWays(KeyExchange client, KeyExchange server, int which) {
        String up = agreed(client, server, which);
        String down = agreed(client, server, which + 1);
        return up == null || up.equals(down)
                ? up
                : "To server: " + up + ", to client: " + (down == null ? "" : down);
    }
}
