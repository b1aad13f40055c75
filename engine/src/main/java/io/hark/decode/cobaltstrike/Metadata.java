package io.hark.decode.cobaltstrike;

import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import io.hark.schema.Addr;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a beacon tells of itself, under the server's RSA key.
///
/// ```
/// 0xBEEF:u32 size:u32 random[16] ansi:u16 oem:u16 id:u32 pid:u32 port:u16 flags:u8 major:u8 minor:u8
/// build:u16 x64:u32 gmh:u32 gpa:u32 ip:u32 host \t user \t process
/// ```
///
/// *Source*: fox-it/dissect.cobaltstrike (`c_c2.py`).
///
/// @param random what session keys are made of
/// @param id the session
/// @param pid its process
/// @param version of Windows
/// @param admin whether it has an administrator's rights
/// @param address its host's
/// @param host its name
/// @param user who it runs as
/// @param process what it runs in
record Metadata(
        byte[] random,
        long id,
        long pid,
        String version,
        boolean admin,
        Addr address,
        String host,
        String user,
        String process) {

    private static final long MAGIC = 0xbeef;
    private static final int ADMIN = 8;

    /// Metadata, if it is such: the magic and a size that fits are its key check.
    static @Nullable Metadata read(byte @Nullable [] plain) {
        if (plain == null || plain.length < 59) {
            return null;
        }
        Bytes in = Bytes.of(plain);
        if (in.u32() != MAGIC || in.u32() > in.remaining()) {
            return null;
        }
        byte[] random = in.take(16);
        int codepage = in.u16();
        in.skip(2);
        long id = in.u32();
        long pid = in.u32();
        in.skip(2);
        int flags = in.u8();
        String version = "%d.%d.%d".formatted(in.u8(), in.u8(), in.u16());
        in.skip(12);
        Addr address = Addr.v4(Integer.reverseBytes((int) in.u32())); // as inet_addr leaves it
        String[] told = new String(in.take(in.remaining()), charset(codepage)).split("\t", 3);
        return new Metadata(
                random,
                id,
                pid,
                version,
                (flags & ADMIN) != 0,
                address,
                told[0],
                told.length > 1 ? told[1] : "",
                told.length > 2 ? told[2] : "");
    }

    private static Charset charset(int codepage) {
        String name = "windows-" + codepage;
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    String text() {
        return "%s@%s %s pid %d, Windows %s%s"
                .formatted(user, host, process, pid, version, admin ? ", as administrator" : "");
    }

    List<Fact> facts() {
        return List.of(
                Fact.of("beacon", id),
                Fact.of("host", host),
                Fact.of("user", user),
                Fact.of("process", process),
                Fact.of("pid", pid),
                Fact.of("windows", version),
                Fact.of("address", address.toString()),
                Fact.of("admin", admin ? "yes" : "no"));
    }
}
