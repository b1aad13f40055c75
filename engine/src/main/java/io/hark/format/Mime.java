package io.hark.format;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type of a file by its first bytes, named as Zeek names it in `files.log`.
///
/// Binary types are told by what stands at a fixed place; then marks of text formats; then whether
/// it is text at all. Names and headers that claim a type are never asked.
///
/// *Shape*: stateless. *Source*: the formats' own specifications; the list is what Zeek's file
/// signatures name.
public final class Mime {

    /// The most bytes looked at.
    public static final int MAX_LOOK = 4096;

    /// How many characters of text there must be at the beginning of `text/plain`.
    private static final int TEXT = 10;

    private record Mark(int offset, byte[] octets, String type) {}

    /// Marks at the very beginning, by their first octet; the first that fits counts.
    private static final Mark[][] FIRST = new Mark[256][];

    private static final List<Mark> WITHIN = new ArrayList<>();

    static {
        image();
        archive();
        program();
        document();
        media();
    }

    private Mime() {}

    private static void image() {
        at(0, "\u0089PNG", "image/png");
        at(0, "GIF8", "image/gif");
        at(0, "\u00ff\u00d8", "image/jpeg");
        at(0, "MM\0*", "image/tiff");
        at(0, "II*\0", "image/tiff");
        at(0, "\0\0\1\0", "image/x-icon");
        at(0, "\0\0\2\0", "image/x-cursor");
        at(0, "8BPS", "image/vnd.adobe.photoshop");
        at(0, "gimp xcf", "image/x-xcf");
        at(8, "WEBP", "image/webp");
        at(4, "jP  ", "image/jp2");
    }

    private static void archive() {
        at(0, "\u001f\u008b", "application/x-gzip");
        at(0, "BZh", "application/x-bzip2");
        at(0, "\u00fd7zXZ\0", "application/x-xz");
        at(0, "7z\u00bc\u00af'\u001c", "application/x-7z-compressed");
        at(0, "Rar!", "application/x-rar");
        at(0, "MSCF\0\0\0\0", "application/vnd.ms-cab-compressed");
        at(0, "\u001f\u009d", "application/x-compress");
        at(0, "\u0004\"M\u0018", "application/x-lz4");
        at(0, "LZIP", "application/x-lzip");
        at(0, "]\0\0", "application/x-lzma");
        at(0, "xar!", "application/x-xar");
        at(0, "\u00ed\u00ab\u00ee\u00db", "application/x-rpm");
        at(0, "!<arch>\ndebian", "application/x-debian-package");
        at(0, "!<arch>", "application/x-archive");
        at(0, "PK\u0007\u0008PK\u0003\u0004", "application/zip");
        at(0, "Cr24", "application/chrome-ext");
        at(7, "**ACE**", "application/x-ace");
        at(257, "ustar", "application/x-tar");
    }

    private static void program() {
        at(0, "\u00ce\u00fa\u00ed\u00fe", "application/x-mach-o-executable");
        at(0, "\u00cf\u00fa\u00ed\u00fe", "application/x-mach-o-executable");
        at(0, "FWS", "application/x-shockwave-flash");
        at(0, "CWS", "application/x-shockwave-flash");
        at(0, "ZWS", "application/x-shockwave-flash");
        at(0, "L\0\0\0\1\u0014\2\0\0\0\0\0\u00c0\0\0\0\0\0\0F", "application/x-ms-shortcut");
    }

    private static void document() {
        at(0, "%PDF-", "application/pdf");
        at(0, "%!PS", "application/postscript");
        at(0, "{\\rtf", "text/rtf");
        at(0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/msword");
        at(0, "x\u009f>\"", "application/vnd.ms-tnef");
        at(0, "\u00a1\u00b2\u00c3\u00d4", "application/vnd.tcpdump.pcap");
        at(0, "\u00d4\u00c3\u00b2\u00a1", "application/vnd.tcpdump.pcap");
        at(0, "\n\r\r\n", "application/vnd.tcpdump.pcap");
        at(0, "-----BEGIN CERTIFICATE-----", "application/x-pem");
        at(0, "wOF2", "application/font-woff2");
        at(0, "wOFF", "application/font-woff");
        at(0, "\0\1\0\0\0", "application/x-font-ttf");
        at(0, "OTTO", "application/vnd.ms-opentype");
        at(34, "LP", "application/vnd.ms-fontobject");
    }

    private static void media() {
        at(0, "FLV", "video/x-flv");
        at(0, "OggS", "application/ogg");
        at(0, "ID3", "audio/mpeg");
        at(0, "\u00ff\u00fb", "audio/mpeg");
        at(0, "\u00ff\u00fa", "audio/mpeg");
        at(0, "\u00ff\u00f3", "audio/mpeg");
        at(0, "\0\0\1\u00b3", "video/mpv");
        at(0, "\0\0\1\u00ba", "video/mpeg");
        at(4, "ftypisom", "video/mp4");
        at(4, "ftypmp4", "video/mp4");
        at(4, "ftypM4A", "audio/m4a");
        at(4, "ftyp3g", "video/3gpp");
        at(4, "moov", "video/quicktime");
        at(4, "mdat", "video/quicktime");
    }

    private static void at(int offset, String octets, String type) {
        Mark mark = new Mark(offset, octets.getBytes(StandardCharsets.ISO_8859_1), type);
        if (offset > 0) {
            WITHIN.add(mark);
            return;
        }
        int first = octets.charAt(0);
        Mark[] known = FIRST[first];
        int n = known == null ? 0 : known.length;
        Mark[] more = new Mark[n + 1];
        for (int i = 0; i < n; i++) {
            more[i] = known[i];
        }
        more[n] = mark;
        FIRST[first] = more;
    }

    /// The type of the file that begins with `head`, or null where none is known. `head` is not
    /// moved.
    ///
    /// For example, of `GIF89a…` it is `image/gif`, and of `{"a": 1}` it is `text/json`.
    public static @Nullable String of(Bytes head) {
        int first = head.peek(0);
        if (first < 0) {
            return null;
        }
        Mark[] marks = FIRST[first];
        for (int i = 0; marks != null && i < marks.length; i++) {
            if (fits(marks[i], head)) {
                return marks[i].type;
            }
        }
        String special = special(head, first);
        if (special != null) {
            return special;
        }
        for (Mark mark : WITHIN) {
            if (fits(mark, head)) {
                return mark.type;
            }
        }
        return isText(head) ? MimeText.of(head) : null;
    }

    private static boolean fits(Mark mark, Bytes head) {
        if (head.length() < mark.offset + mark.octets.length) {
            return false;
        }
        for (int i = 0; i < mark.octets.length; i++) {
            if (head.peek(mark.offset + i) != (mark.octets[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /// What needs more than one mark.
    private static @Nullable String special(Bytes head, int first) {
        return switch (first) {
            case 'M' -> head.peek(1) == 'Z' ? "application/x-dosexec" : null;
            case 'B' -> isBitmap(head) ? "image/x-ms-bmp" : null;
            case 'P' -> head.looksAt(0, "PK\u0003\u0004") ? zip(head) : null;
            case 0x7f -> head.looksAt(1, "ELF") ? elf(head) : null;
            case 0xca -> head.looksAt(0, "\u00ca\u00fe\u00ba\u00be") ? babe(head) : null;
            case 0x1a -> matroska(head);
            case 0x30 -> ocsp(head);
            default -> null;
        };
    }

    /// *Source*: the size of the second header at offset 14.
    private static boolean isBitmap(Bytes head) {
        int size = head.peek(14);
        return head.peek(1) == 'M'
                && head.peek(15) == 0
                && (size == 12
                        || size == 40
                        || size == 64
                        || size == 108
                        || size == 124
                        || size == 128);
    }

    private static String zip(Bytes head) {
        int nameLength = Math.max(0, head.peek(26)) | Math.max(0, head.peek(27)) << 8;
        String name = head.ascii(30, 30 + Math.min(nameLength, 64));
        if (name.equals("mimetype") && head.looksAt(38, "application/vnd.oasis.opendocument.")) {
            String type = head.ascii(38, 38 + 80);
            int end = 0;
            while (end < type.length()
                    && (Character.isLowerCase(type.charAt(end))
                            || "/.-".indexOf(type.charAt(end)) >= 0)) {
                end++;
            }
            return type.substring(0, end);
        }
        if (name.startsWith("META-INF/")) {
            return "application/java-archive";
        }
        boolean office = name.equals("[Content_Types].xml") || name.startsWith("_rels/");
        String all = head.ascii(0, Math.min(head.length(), MAX_LOOK));
        if (office && all.indexOf("word/", 30) >= 0 || name.startsWith("word/")) {
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        }
        if (office && all.indexOf("xl/", 30) >= 0 || name.startsWith("xl/")) {
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        }
        if (office && all.indexOf("ppt/", 30) >= 0 || name.startsWith("ppt/")) {
            return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        }
        return office ? "application/vnd.openxmlformats-officedocument" : "application/zip";
    }

    /// *Source*: e_ident and e_type of the ELF header.
    private static @Nullable String elf(Bytes head) {
        int type = head.peek(5) == 1 ? head.peek(16) : head.peek(17);
        return switch (type) {
            case 1 -> "application/x-object";
            case 2 -> "application/x-executable";
            case 3 -> "application/x-sharedlib";
            case 4 -> "application/x-coredump";
            default -> null;
        };
    }

    /// Java classes and fat Mach-O files begin alike: a class has a major version of at least 45, a
    /// fat file few parts.
    private static String babe(Bytes head) {
        return head.peek(7) >= 45 ? "application/x-java-applet" : "application/x-mach-o-executable";
    }

    private static @Nullable String matroska(Bytes head) {
        if (!head.looksAt(0, "\u001a\u0045\u00df\u00a3")) {
            return null;
        }
        String begin = head.ascii(0, Math.min(head.length(), 64));
        return begin.contains("webm")
                ? "video/webm"
                : begin.contains("matroska") ? "video/x-matroska" : null;
    }

    /// *Source*: RFC 6960: the object identifiers that stand near the beginning of requests (SHA-1)
    /// and answers (basic).
    private static @Nullable String ocsp(Bytes head) {
        for (int at = 11; at <= 19; at++) {
            if (head.looksAt(at, "\u0006\u0005\u002b\u000e\u0003\u0002\u001a")) {
                return "application/ocsp-request";
            }
            if (head.looksAt(
                    at, "\u0006\u0009\u002b\u0006\u0001\u0005\u0005\u0007\u0030\u0001\u0001")) {
                return "application/ocsp-response";
            }
        }
        return null;
    }

    /// Whether it begins as text: a mark of Unicode, or printable characters and white space.
    private static boolean isText(Bytes head) {
        int from = head.looksAt(0, MimeText.UTF_8) ? 3 : 0;
        int n = Math.min(TEXT, head.length() - from);
        for (int i = from; i < from + n; i++) {
            int octet = head.peek(i);
            if (octet > 0x7e || octet < 0x20 && (octet < 9 || octet > 13)) {
                return head.looksAt(0, "\u00ff\u00fe") || head.looksAt(0, "\u00fe\u00ff");
            }
        }
        return true;
    }

    /// Whether there is enough text for `text/plain`.
    static boolean isPlain(Bytes head) {
        return head.length() >= TEXT;
    }
}
