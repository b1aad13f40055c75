package io.hark.format;

import io.hark.event.Pe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the headers of a Windows program say.
///
/// ```
/// 0      M Z … u32 at 60: where the rest begins
/// +0     P E 0 0
/// +4     machine 2 · sections 2 · time 4 · symbols 8 · size of the optional header 2 · characteristics 2
/// +24    optional header: magic 2 · … system 2.2 at 40 · subsystem 2 at 68 · its flags 2 at 70 · … directories
/// behind section headers of 40, a name of 8 first
/// ```
///
/// *Shape*: all numbers little-endian. *Source*: Microsoft, *PE Format*; the names are Zeek's.
///
/// @param compiledSeconds seconds since 1970 UTC; linkers may put a hash there
/// @param sections null for object files, and where their headers were not seen
public record PeHeader(
        int machine,
        long compiledSeconds,
        boolean isProgram,
        boolean is64Bit,
        @Nullable Optional optional,
        @Nullable List<String> sections) {

    /// Octets that hold all headers: the stub of DOS has a few hundred, [#MAX_SECTIONS] the rest.
    public static final int MAX_BYTES = 8192;

    private static final int MAX_SECTIONS = 96; // what Windows loads
    private static final int WHERE = 60;
    private static final int COFF = 4;
    private static final int COFF_SIZE = 20;
    private static final int SECTION_SIZE = 40;
    private static final int NAME_SIZE = 8;
    private static final int PE32_PLUS = 0x20b;
    private static final int FOR_32_BIT = 0x100;

    private static final int ASLR = 0x40;
    private static final int INTEGRITY = 0x80;
    private static final int NO_EXECUTION = 0x100; // of data
    private static final int NO_SEH = 0x400;

    private static final int EXPORTS = 0;
    private static final int IMPORTS = 1;
    private static final int CERTIFICATES = 4;
    private static final int DEBUG = 6;

    /// What is said of programs only.
    ///
    /// @param tables which directories are there, a bit each
    public record Optional(int major, int minor, int subsystem, int flags, int tables) {

        private boolean has(int table) {
            return (tables >> table & 1) != 0;
        }
    }

    /// Copies the list.
    public PeHeader {
        sections = sections == null ? null : List.copyOf(sections);
    }

    /// Whether it may be one.
    public static boolean begins(byte[] octets, int length) {
        return length >= 2 && octets[0] == 'M' && octets[1] == 'Z';
    }

    /// Reads the first `length` octets of a file; null where they are none.
    public static @Nullable PeHeader read(byte[] octets, int length) {
        if (!begins(octets, length) || length < WHERE + 4) {
            return null;
        }
        long where = u32(octets, WHERE);
        if (where > length - COFF - COFF_SIZE || u32(octets, (int) where) != 0x4550) {
            return null;
        }
        int at = (int) where + COFF;
        int size = u16(octets, at + 16);
        int characteristics = u16(octets, at + 18);
        int optional = at + COFF_SIZE;
        boolean isProgram = size > 0;
        boolean plus = optional + 2 <= length && u16(octets, optional) == PE32_PLUS;
        return new PeHeader(
                u16(octets, at),
                u32(octets, at + 4),
                isProgram,
                isProgram ? plus : (characteristics & FOR_32_BIT) == 0,
                isProgram ? optional(octets, optional, Math.min(length, optional + size)) : null,
                isProgram ? sections(octets, optional + size, u16(octets, at + 2), length) : null);
    }

    private static @Nullable Optional optional(byte[] octets, int at, int end) {
        int directories = at + 2 <= end && u16(octets, at) == PE32_PLUS ? at + 112 : at + 96;
        if (directories > end) {
            return null;
        }
        long count = u32(octets, directories - 4);
        int tables = 0;
        for (int i = 0; i <= DEBUG && i < count && directories + 8 * i + 8 <= end; i++) {
            tables |= u32(octets, directories + 8 * i + 4) > 0 ? 1 << i : 0;
        }
        return new Optional(
                u16(octets, at + 40),
                u16(octets, at + 42),
                u16(octets, at + 68),
                u16(octets, at + 70),
                tables);
    }

    private static @Nullable List<String> sections(byte[] octets, int at, int count, int length) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MAX_SECTIONS); i++) {
            int from = at + i * SECTION_SIZE;
            if (from + SECTION_SIZE > length) {
                break;
            }
            int end = from;
            while (end < from + NAME_SIZE && octets[end] != 0) {
                end++;
            }
            names.add(new String(octets, from, end - from, StandardCharsets.ISO_8859_1));
        }
        return names.isEmpty() ? null : names;
    }

    private static int u16(byte[] octets, int at) {
        return Byte.toUnsignedInt(octets[at]) | Byte.toUnsignedInt(octets[at + 1]) << 8;
    }

    private static long u32(byte[] octets, int at) {
        return u16(octets, at) | (long) u16(octets, at + 2) << 16;
    }

    /// The event of a file.
    ///
    /// @param ts when it began
    /// @param seen when it ended
    public Pe event(long ts, long seen, String uid, String fuid) {
        Optional said = optional;
        int flags = said == null ? 0 : said.flags;
        return new Pe(
                ts,
                seen,
                uid,
                fuid,
                machine(machine),
                Duration.ofSeconds(compiledSeconds).toNanos(),
                said == null ? null : system(said.major, said.minor),
                said == null ? null : subsystem(said.subsystem),
                isProgram,
                is64Bit,
                (flags & ASLR) != 0,
                (flags & NO_EXECUTION) != 0,
                (flags & INTEGRITY) != 0,
                (flags & NO_SEH) == 0,
                said == null ? null : Boolean.valueOf(said.has(IMPORTS)),
                said == null ? null : Boolean.valueOf(said.has(EXPORTS)),
                said == null ? null : Boolean.valueOf(said.has(CERTIFICATES)),
                said == null ? null : Boolean.valueOf(said.has(DEBUG)),
                sections);
    }

    private static String machine(int number) {
        return switch (number) {
            case 0 -> "UNKNOWN";
            case 0x14c -> "I386";
            case 0x166 -> "R4000";
            case 0x169 -> "WCEMIPSV2";
            case 0x1a2 -> "SH3";
            case 0x1a3 -> "SH3DSP";
            case 0x1a6 -> "SH4";
            case 0x1a8 -> "SH5";
            case 0x1c0 -> "ARM";
            case 0x1c2 -> "THUMB";
            case 0x1c4 -> "ARMNT";
            case 0x1d3 -> "AM33";
            case 0x1f0 -> "POWERPC";
            case 0x1f1 -> "POWERPCFP";
            case 0x200 -> "IA64";
            case 0x266 -> "MIPS16";
            case 0x366 -> "MIPSFPU";
            case 0x466 -> "MIPSFPU16";
            case 0xebc -> "EBC";
            case 0x8664 -> "AMD64";
            case 0x9041 -> "M32R";
            case 0xaa64 -> "ARM64";
            default -> "unknown-" + number;
        };
    }

    private static String subsystem(int number) {
        return switch (number) {
            case 0 -> "UNKNOWN";
            case 1 -> "NATIVE";
            case 2 -> "WINDOWS_GUI";
            case 3 -> "WINDOWS_CUI";
            case 7 -> "POSIX_CUI";
            case 9 -> "WINDOWS_CE_GUI";
            case 10 -> "EFI_APPLICATION";
            case 11 -> "EFI_BOOT_SERVICE_DRIVER";
            case 12 -> "EFI_RUNTIME_DRIVER";
            case 13 -> "EFI_ROM";
            case 14 -> "XBOX";
            default -> "unknown-" + number;
        };
    }

    private static String system(int major, int minor) {
        return switch (major << 16 | minor) {
            case 10 << 16 -> "Windows 10";
            case 6 << 16 | 3 -> "Windows 8.1 or Server 2012 R2";
            case 6 << 16 | 2 -> "Windows 8 or Server 2012";
            case 6 << 16 | 1 -> "Windows 7 or Server 2008 R2";
            case 6 << 16 -> "Windows Vista or Server 2008";
            case 5 << 16 | 2 -> "Windows XP x64 or Server 2003";
            case 5 << 16 | 1 -> "Windows XP";
            case 5 << 16 -> "Windows 2000";
            case 4 << 16 | 90 -> "Windows Me";
            case 4 << 16 | 10 -> "Windows 98";
            case 4 << 16 -> "Windows 95 or NT 4.0";
            case 3 << 16 | 51 -> "Windows NT 3.51";
            case 3 << 16 | 10 -> "Windows 3.1 or NT 3.1";
            default -> "unknown-" + major + "." + minor;
        };
    }
}
