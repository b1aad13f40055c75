package io.hark.parse.http;

import io.hark.bytes.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at bytes that may not be a whole head yet: where start lines and empty lines are. Pure.
///
/// *Source*: RFC 9112 §2 to §4.
final class Glance {

    private static final int VERSION = 8; // HTTP/1.1
    private static final int UNDECIDED = 2; // last octets seen: an empty line may have begun there
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    /// Line ends before a start line: one stray pair is usual (RFC 9112 §2.2).
    private static final int MAX_BLANK = 256;

    /// Eight line feeds.
    static final long NEWLINES = LOW * '\n';

    private Glance() {}

    /// The high bits of the octets that are zero; exact up to the first of them.
    static long zeros(long word) {
        return word - LOW & ~word & HIGH;
    }

    /// Where the first byte lies that is no line end; behind [#MAX_BLANK] nobody looks.
    static int skipBlank(Bytes bytes) {
        int at = 0;
        for (int octet = bytes.peek(0);
                at < MAX_BLANK && (octet == '\r' || octet == '\n');
                octet = bytes.peek(at)) {
            at++;
        }
        return at;
    }

    /// Whether a status line is at `from`: `HTTP/1.1 200`.
    static boolean isStatus(Bytes bytes, int from) {
        return looksLikeStatus(bytes, from, 12);
    }

    /// Whether what there is behind `from` may be the beginning of a status line.
    static boolean maybeStatus(Bytes bytes, int from) {
        return looksLikeStatus(bytes, from, Math.min(12, bytes.length() - from));
    }

    private static boolean looksLikeStatus(Bytes bytes, int from, int length) {
        for (int i = 0; i < length; i++) {
            int octet = bytes.peek(from + i);
            int pattern = "HTTP/d.d ddd".charAt(i);
            if (pattern == 'd' ? octet < '0' || octet > '9' : octet != pattern) {
                return false;
            }
        }
        return true;
    }

    /// Where ` HTTP/` lies in a start line that ends at `newline`, or -1.
    static int versionAt(Bytes bytes, int from, int newline) {
        int to = bytes.peek(newline - 1) == '\r' ? newline - 1 : newline;
        if (to - VERSION - 1 >= from && bytes.looksAt(to - VERSION - 1, " HTTP/")) {
            return to - VERSION - 1;
        }
        for (int place = bytes.indexOf('H', from);
                place >= 0 && place < to;
                place = bytes.indexOf('H', place + 1)) {
            if (place > from && bytes.peek(place - 1) <= ' ' && bytes.looksAt(place, "HTTP/")) {
                return place - 1;
            }
        }
        return -1;
    }

    /// Where the headers end that begin at `lineStart`: behind the empty line; 0 where it has not
    /// come yet.
    static int endOfHeaders(Bytes bytes, int lineStart) {
        int from = Math.max(lineStart, bytes.seen() - UNDECIDED);
        int first = from == lineStart ? emptyLine(bytes, lineStart) : 0;
        if (first > 0) {
            return lineStart + first;
        }
        byte[] octets = bytes.array();
        int base = bytes.base();
        int end = base + bytes.length();
        int place = base + from;
        for (; end - place >= Long.BYTES; place += Long.BYTES) {
            long zero = zeros((long) WORD.get(octets, place) ^ NEWLINES);
            for (; zero != 0; zero &= zero - 1) {
                int behind = place - base + (Long.numberOfTrailingZeros(zero) >>> 3) + 1;
                int empty = bytes.peek(behind - 1) == '\n' ? emptyLine(bytes, behind) : 0;
                if (empty > 0) {
                    return behind + empty;
                }
            }
        }
        for (int at = place - base; at < bytes.length(); at++) {
            int empty = bytes.peek(at) == '\n' ? emptyLine(bytes, at + 1) : 0;
            if (empty > 0) {
                return at + 1 + empty;
            }
        }
        return 0;
    }

    /// How long the empty line at `at` is; 0 if there is none.
    private static int emptyLine(Bytes bytes, int at) {
        int octet = bytes.peek(at);
        return octet == '\n' ? 1 : octet == '\r' && bytes.peek(at + 1) == '\n' ? 2 : 0;
    }

    /// Whether `octet` may be part of a method (RFC 9110 §5.6.2).
    static boolean isToken(int octet) {
        return octet > ' ' && octet < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(octet) < 0;
    }
}
