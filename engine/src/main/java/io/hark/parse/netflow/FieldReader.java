package io.hark.parse.netflow;

import io.hark.bytes.Bytes;
import io.hark.event.FlowElement;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Reads one value of a record.
///
/// *Source*: RFC 7011 §6 (integers of fewer octets than their type has), RFC 6313 §4.5.1
/// (`basicList`), RFC 6759 §4.1 (applications).
final class FieldReader {

    private static final int MAX_TEXT =
            1024; // octets of one value that are shown; URLs are longest
    private static final int MAX_OCTETS = 128; // the same of octets that are no text
    private static final int MAX_LISTED = 64; // values of one list that are shown
    private static final long NTP_EPOCH = 2_208_988_800L; // seconds from 1900 to 1970
    private static final int WITH_ENTERPRISE = 0x8000;
    private static final int ENGINE_WITH_ENTERPRISE = 20; // RFC 6759 §4.1: PANA-L7-PEN

    private FieldReader() {}

    /// The value of `length` octets at the cursor. What is not as long as its type may be is shown
    /// as it looks.
    static FlowElement read(Element element, Bytes in, int length) {
        FlowElement value = typed(element, in, length);
        return value == null ? asItLooks(element.name(), in, length) : value;
    }

    /// Null where the length does not fit; then nothing was read.
    private static @Nullable FlowElement typed(Element element, Bytes in, int length) {
        String name = element.name();
        return switch (element.type()) {
            case UNSIGNED -> length <= 8 ? unsigned(name, in, length) : null;
            case SIGNED -> length <= 8 ? FlowElement.of(name, signed(in, length)) : null;
            case BOOLEAN -> length == 1 ? FlowElement.of(name, in.u8() == 1 ? 1 : 0) : null;
            case SECONDS -> length == 4 ? FlowElement.of(name, in.u32()) : null;
            case MILLIS -> length == 8 ? FlowElement.of(name, in.u64()) : null;
            case MICROS -> length == 8 ? FlowElement.of(name, ntp(in, 1_000_000)) : null;
            case NANOS -> length == 8 ? FlowElement.of(name, ntp(in, 1_000_000_000)) : null;
            case FLOAT -> floating(name, in, length);
            case MAC -> length == 6 ? FlowElement.of(name, hex(in, 6, ":")) : null;
            case IPV4 ->
                    length == 4 ? FlowElement.of(name, Addr.v4((int) in.u32()).toString()) : null;
            case IPV6 ->
                    length == 16
                            ? FlowElement.of(name, new Addr(in.u64(), in.u64()).toString())
                            : null;
            case TEXT -> FlowElement.of(name, text(in, length));
            case APPLICATION -> length > 1 ? FlowElement.of(name, application(in, length)) : null;
            case ACL -> length == 12 ? FlowElement.of(name, accessList(in)) : null;
            case LIST -> list(name, in, length);
            case OCTETS -> FlowElement.of(name, HexFormat.of().formatHex(octets(in, length)));
            case UNKNOWN -> null;
        };
    }

    /// The integer of up to eight octets.
    static long number(Bytes in, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | in.u8();
        }
        return value;
    }

    private static FlowElement unsigned(String name, Bytes in, int length) {
        long value = number(in, length);
        return value < 0
                ? FlowElement.of(name, Long.toUnsignedString(value))
                : FlowElement.of(name, value);
    }

    private static long signed(Bytes in, int length) {
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : number(in, length) << unused >> unused;
    }

    private static @Nullable FlowElement floating(String name, Bytes in, int length) {
        double value;
        if (length == 4) {
            value = Float.intBitsToFloat((int) in.u32());
        } else if (length == 8) {
            value = Double.longBitsToDouble(in.u64());
        } else {
            return null;
        }
        return Double.isFinite(value)
                ? FlowElement.of(name, value)
                : FlowElement.of(name, Double.toString(value));
    }

    /// Seconds since 1900 and a binary fraction, in parts of a second since 1970.
    private static long ntp(Bytes in, long parts) {
        long seconds = in.u32() - NTP_EPOCH;
        return seconds * parts + (in.u32() * parts >>> 32);
    }

    /// Up to its first zero: exporters fill fixed lengths with them.
    private static String text(Bytes in, int length) {
        int shown = Math.min(length, MAX_TEXT);
        String text = in.utf8(shown);
        in.skip(length - shown);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String hex(Bytes in, int length, String between) {
        return HexFormat.ofDelimiter(between).formatHex(in.take(length));
    }

    /// An engine and what it calls the application: `5..38`; engines of vendors have their number
    /// between.
    private static String application(Bytes in, int length) {
        int engine = in.u8();
        int rest = length - 1;
        StringBuilder text = new StringBuilder().append(engine).append("..");
        if (engine == ENGINE_WITH_ENTERPRISE && rest > 4) {
            text.append(in.u32()).append("..");
            rest -= 4;
        }
        return rest <= 8
                ? text.append(Long.toUnsignedString(number(in, rest))).toString()
                : text.append(legible(octets(in, rest))).toString();
    }

    private static String accessList(Bytes in) {
        return hex(in, 4, "") + "-" + hex(in, 4, "") + "-" + hex(in, 4, "");
    }

    /// ```
    /// semantic 1 · element 2 · length 2 · [enterprise 4] · values
    /// ```
    ///
    /// A list in a list is not followed.
    private static @Nullable FlowElement list(String name, Bytes in, int length) {
        if (length < 5) {
            return null;
        }
        int outer = in.limit(length);
        in.u8();
        int id = in.u16();
        int each = in.u16();
        long enterprise = (id & WITH_ENTERPRISE) != 0 ? in.u32() : 0;
        Element element = Element.of(enterprise, id & ~WITH_ENTERPRISE);
        StringJoiner values = new StringJoiner(",", element.name() + ":", "");
        for (int i = 0; i < MAX_LISTED && in.remaining() > 0; i++) {
            int here = each == Template.VARIABLE ? variable(in) : each;
            if (here == 0 || element.type() == Element.Type.LIST) {
                break;
            }
            FlowElement value = read(element, in, here);
            values.add(value.value());
        }
        in.unlimit(outer);
        return FlowElement.of(name, values.toString());
    }

    /// The length before a value: one octet, or 255 and two.
    static int variable(Bytes in) {
        int length = in.u8();
        return length == 0xff ? in.u16() : length;
    }

    /// Of a type that nobody knows: a number if it is as long as one, else text if it is that.
    private static FlowElement asItLooks(String name, Bytes in, int length) {
        if (length == 1 || length == 2 || length == 4 || length == 8) {
            return unsigned(name, in, length);
        }
        return FlowElement.of(name, legible(octets(in, length)));
    }

    /// As many as are shown.
    private static byte[] octets(Bytes in, int length) {
        int shown = Math.min(length, MAX_OCTETS);
        byte[] octets = in.take(shown);
        in.skip(length - shown);
        return octets;
    }

    /// As text if it is one, else in hexadecimal; zeros at the end do not count.
    private static String legible(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (octets[i] < ' ' || octets[i] == 0x7f) {
                return HexFormat.of().formatHex(octets);
            }
        }
        return new String(octets, 0, end, StandardCharsets.US_ASCII);
    }
}
