package io.hark.parse.mysql;

import io.hark.bytes.Bytes;

/// How MySQL writes numbers and texts.
///
/// *Source*: MySQL's manual of the protocol, "Basic Data Types".
final class Wire {

    private static final int MAX_ATTRIBUTES = 256; // of a query: programs send a few

    private Wire() {}

    /// A number of one to nine octets; the first says how many.
    static long number(Bytes in) {
        int first = in.u8();
        return switch (first) {
            case 0xfc -> in.leU16();
            case 0xfd -> in.leU16() | (long) in.u8() << 16;
            case 0xfe -> in.leU32() | in.leU32() << 32;
            default -> first;
        };
    }

    /// A text up to a zero, or to the end.
    static String text(Bytes in) {
        int from = in.offset();
        int zero = in.indexOf(0, from);
        boolean ended = zero >= 0;
        String text = in.utf8((ended ? zero : in.length()) - from);
        in.skip(ended ? 1 : 0);
        return text;
    }

    /// Steps over the attributes in front of a statement; `in` is malformed where there are none.
    static void skipAttributes(Bytes in) {
        long count = number(in);
        number(in); // how many sets: one
        if (count == 0) {
            return;
        }
        if (count > MAX_ATTRIBUTES) {
            in.fail("too many attributes");
            return;
        }
        int n = (int) count;
        int zeros = in.offset();
        in.skip((n + 7) / 8);
        in.skip(1);
        int[] types = new int[n];
        for (int i = 0; i < n; i++) {
            types[i] = in.leU16() & 0xff;
            in.skip(number(in));
        }
        for (int i = 0; i < n; i++) {
            boolean none = (in.peek(zeros + i / 8) >> i % 8 & 1) != 0;
            if (!none) {
                skipValue(in, types[i]);
            }
        }
    }

    private static void skipValue(Bytes in, int type) {
        switch (type) {
            case 1 -> in.skip(1);
            case 2, 13 -> in.skip(2);
            case 3, 4, 9 -> in.skip(4);
            case 5, 8 -> in.skip(8);
            case 6 -> {}
            case 7, 10, 11, 12 -> in.skip(in.u8());
            default -> in.skip(number(in));
        }
    }
}
