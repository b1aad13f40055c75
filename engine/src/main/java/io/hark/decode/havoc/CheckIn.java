package io.hark.decode.havoc;

import io.hark.bytes.Bytes;
import io.hark.bytes.codec.BlockCipher;
import io.hark.event.Fact;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Demon's first check-in: the session's key and vector in the open, behind them, encrypted with
/// them, what it says of its host.
///
/// *Source*: HavocFramework/Havoc (`teamserver/pkg/agent/agent.go`),
/// Immersive-Labs-Sec/HavocC2-Forensics.
///
/// @param key of AES-256
/// @param iv where every message's counter begins
/// @param text for people
/// @param facts its parts
record CheckIn(byte[] key, byte[] iv, String text, List<Fact> facts) {

    private static final int KEY = 32;
    private static final int IV = 16;
    private static final int MAX_TEXT = 1024; // octets of one of its texts

    /// The check-in that a packet is, or null. The agent's number stands under the cipher again:
    /// that is its key check.
    static @Nullable CheckIn read(DemonPacket packet) {
        byte[] data = packet.data();
        if (packet.command() != DemonPacket.INIT || data.length < KEY + IV + 4) {
            return null;
        }
        byte[] key = Arrays.copyOf(data, KEY);
        byte[] iv = Arrays.copyOfRange(data, KEY, KEY + IV);
        Bytes in = Bytes.of(open(key, iv, Arrays.copyOfRange(data, KEY + IV, data.length)));
        if (in.u32() != packet.agent()) {
            return null;
        }
        String host = text(in, StandardCharsets.UTF_8);
        String user = text(in, StandardCharsets.UTF_8);
        String domain = text(in, StandardCharsets.UTF_8);
        String address = text(in, StandardCharsets.UTF_8);
        String process = text(in, StandardCharsets.UTF_16LE);
        long pid = in.u32();
        in.skip(8); // thread, parent
        long arch = in.u32();
        boolean elevated = in.u32() != 0;
        in.skip(8); // where it is loaded
        String windows = in.u32() + "." + in.u32();
        in.skip(8);
        windows += "." + in.u32();
        in.skip(4);
        long sleep = in.u32();
        long jitter = in.u32();
        String text =
                "%s\\%s@%s %s pid %d, Windows %s%s"
                        .formatted(
                                domain,
                                user,
                                host,
                                process,
                                pid,
                                windows,
                                elevated ? ", elevated" : "");
        List<Fact> facts =
                List.of(
                        Fact.of("agent", packet.name()),
                        Fact.of("host", host),
                        Fact.of("user", user),
                        Fact.of("domain", domain),
                        Fact.of("address", address),
                        Fact.of("process", process),
                        Fact.of("pid", pid),
                        Fact.of("arch", arch),
                        Fact.of("windows", windows),
                        Fact.of("sleep", sleep),
                        Fact.of("jitter", jitter));
        return new CheckIn(key, iv, text, facts);
    }

    /// Data under the session's key; every message begins anew.
    static byte[] open(byte[] key, byte[] iv, byte[] data) {
        BlockCipher aes = new BlockCipher(BlockCipher.Algorithm.AES, BlockCipher.Mode.CTR, key, iv);
        byte[] plain = aes.decode(data);
        return plain == null ? new byte[0] : plain;
    }

    private static String text(Bytes in, Charset charset) {
        long length = in.u32();
        byte[] octets =
                length > MAX_TEXT || length > in.remaining() ? new byte[0] : in.take((int) length);
        String text = new String(octets, charset);
        int zero = text.indexOf(0);
        return zero < 0 ? text : text.substring(0, zero);
    }
}
