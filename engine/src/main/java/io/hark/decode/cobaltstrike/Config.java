package io.hark.decode.cobaltstrike;

import io.hark.bytes.Bytes;
import io.hark.bytes.Digests;
import io.hark.event.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A beacon's configuration.
///
/// *Shape*: settings `index:u16 type:u16 length:u16 value`, big endian, ended by index 0; all of it
/// XORed with one octet (0x69, later 0x2e), in a DLL that a stager downloads bare or behind a stub
/// which undoes `nonce[4] size^nonce[4] data`, where each four octets of data are XORed with the
/// four encoded ones before them, the first with the nonce.
///
/// *Source*: fox-it/dissect.cobaltstrike (`beacon.py`, `xordecode.py`).
///
/// @param settings values by index
record Config(Map<Integer, byte[]> settings) {

    static final int PROTOCOL = 1;
    static final int PORT = 2;
    static final int SLEEP = 3;
    static final int JITTER = 5;
    static final int PUBLIC_KEY = 7;
    static final int DOMAINS = 8;
    static final int USER_AGENT = 9;
    static final int SUBMIT_URI = 10;
    static final int RECOVER = 11;
    static final int GET_REQUEST = 12;
    static final int POST_REQUEST = 13;
    static final int PIPE = 15;
    static final int SPAWN_X86 = 29;
    static final int SPAWN_X64 = 30;
    static final int WATERMARK = 37;

    private static final int LONGEST = 4096; // the block that a server patches into the DLL
    private static final int MAX_STUB = 1024; // octets before the nonce
    private static final int MAX_SETTINGS = 128;
    private static final int MIN_SETTINGS = 6; // fewer are no beacon's
    private static final List<String> PROTOCOLS = List.of("http", "dns", "smb", "", "tcp");

    /// The configuration in what a stager downloaded, or null.
    static @Nullable Config find(byte[] stage) {
        Config bare = plain(stage);
        if (bare != null) {
            return bare;
        }
        for (int at = 0; at < Math.min(MAX_STUB, stage.length - 12); at++) {
            Bytes head = Bytes.of(Arrays.copyOfRange(stage, at, at + 8));
            long nonce = head.leU32();
            long size = head.leU32() ^ nonce;
            if (size > 0 && Math.abs(stage.length - at - 8 - size) < 16) { // a server may fill up
                Config inside = plain(unchained(stage, at));
                if (inside != null) {
                    return inside;
                }
            }
        }
        return null;
    }

    private static byte[] unchained(byte[] stage, int at) {
        byte[] out = Arrays.copyOfRange(stage, at + 8, stage.length);
        for (int i = 0; i < out.length; i++) {
            out[i] ^= i < 4 ? stage[at + i] : stage[at + 4 + i];
        }
        return out;
    }

    /// The first setting is the protocol, a short: `0001 0001 0002`, under any octet.
    private static @Nullable Config plain(byte[] octets) {
        for (int i = 0; i + 6 < octets.length; i++) {
            int key = octets[i];
            boolean begins =
                    octets[i + 2] == key
                            && octets[i + 4] == key
                            && octets[i + 1] == (byte) (key ^ 1)
                            && octets[i + 3] == (byte) (key ^ 1)
                            && octets[i + 5] == (byte) (key ^ 2);
            Config config =
                    begins
                            ? read(octets, i, Math.min(octets.length, i + LONGEST), (byte) key)
                            : null;
            if (config != null) {
                return config;
            }
        }
        return null;
    }

    private static @Nullable Config read(byte[] octets, int from, int to, byte key) {
        byte[] clear = Arrays.copyOfRange(octets, from, to);
        for (int i = 0; i < clear.length; i++) {
            clear[i] ^= key;
        }
        Bytes in = Bytes.of(clear);
        Map<Integer, byte[]> settings = new TreeMap<>();
        int last = 0;
        while (in.remaining() >= 6 && settings.size() < MAX_SETTINGS) {
            int index = in.u16();
            int type = in.u16();
            int length = in.u16();
            if (index <= last || type < 1 || type > 3 || length > in.remaining()) {
                break;
            }
            settings.put(index, in.take(length));
            last = index;
        }
        boolean beacon = settings.containsKey(PUBLIC_KEY) && settings.containsKey(DOMAINS);
        return beacon && settings.size() >= MIN_SETTINGS ? new Config(settings) : null;
    }

    /// Which server it is for, by its public key.
    String server() {
        byte[] key = settings.getOrDefault(PUBLIC_KEY, new byte[0]);
        return HexFormat.of().formatHex(Digests.sha256(trimmed(key)), 0, 6);
    }

    private static byte[] trimmed(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }

    /// A number; -1 where there is none.
    long number(int index) {
        byte[] value = settings.get(index);
        if (value == null || value.length > 4) {
            return -1;
        }
        long number = 0;
        for (byte octet : value) {
            number = number << 8 | octet & 0xff;
        }
        return number;
    }

    /// A text, up to its first zero.
    String text(int index) {
        byte[] value = settings.getOrDefault(index, new byte[0]);
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.ISO_8859_1);
    }

    /// What an analyst asks first.
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        long protocol = number(PROTOCOL);
        boolean known = protocol >= 0 && protocol < PROTOCOLS.size();
        facts.add(
                Fact.of(
                        "protocol",
                        protocol == 8 ? "https" : known ? PROTOCOLS.get((int) protocol) : ""));
        Map<String, Integer> numbers =
                new TreeMap<>(
                        Map.of(
                                "port",
                                PORT,
                                "sleep_ms",
                                SLEEP,
                                "jitter",
                                JITTER,
                                "watermark",
                                WATERMARK));
        numbers.forEach(
                (name, index) -> {
                    if (number(index) >= 0) {
                        facts.add(Fact.of(name, number(index)));
                    }
                });
        Map<String, Integer> texts =
                new TreeMap<>(
                        Map.of(
                                "c2", DOMAINS,
                                "user_agent", USER_AGENT,
                                "submit_uri", SUBMIT_URI,
                                "pipe", PIPE,
                                "spawn_x86", SPAWN_X86,
                                "spawn_x64", SPAWN_X64));
        texts.forEach(
                (name, index) -> {
                    if (!text(index).isEmpty()) {
                        facts.add(Fact.of(name, text(index)));
                    }
                });
        facts.add(Fact.of("public_key_sha256", server()));
        return facts;
    }
}
