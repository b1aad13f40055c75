package io.hark.parse.redis;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Puts one side's values together, token by token: a command with its arguments, or a reply as
/// text, `[a, [b, 1]]`.
///
/// ```
/// +OK  -ERR x  :1  $3 CR LF abc CR LF  *2 …     RESP 2
/// _  #t  ,1.5  (123  !…  =…  %…  ~…  >…  |…     RESP 3
/// ```
///
/// *Source*: Redis's manual, "Redis serialization protocol specification".
final class Values {

    /// The most arguments of a command that are kept.
    static final int MAX_WORDS = 16;

    private static final int MAX_DEPTH = 32; // arrays in arrays; scripts nest a few
    private static final int MAX_TEXT = 4096; // octets of a reply that are kept
    private static final int MAX_WORD = 1024; // octets of an argument that are kept

    final List<String> words = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final long[] left = new long[MAX_DEPTH];
    private final boolean[] fresh = new boolean[MAX_DEPTH];
    private int depth;
    private char type;
    private boolean broken;

    /// Begins anew.
    void clear() {
        words.clear();
        text.setLength(0);
        depth = 0;
        type = 0;
    }

    boolean isBroken() {
        return broken;
    }

    /// The first token's type, or 0 before it.
    char type() {
        return type;
    }

    String text() {
        return text.toString();
    }

    /// Takes an array's head, for `count` values (-1: none); answers whether the value is whole.
    boolean array(char kind, long count) {
        if (type == 0) {
            type = kind;
        }
        separate();
        if (count <= 0) {
            put(count < 0 ? "null" : "[]");
            return closeFull();
        }
        if (depth == MAX_DEPTH) {
            broken = true;
            return true;
        }
        put("[");
        left[depth] = count;
        fresh[depth++] = true;
        return false;
    }

    /// Takes a simple value; answers whether the value is whole.
    boolean scalar(char kind, Bytes whole, int from, int to) {
        if (type == 0) {
            type = kind;
        }
        separate();
        if (words.size() < MAX_WORDS) {
            words.add(whole.ascii(from, Math.min(to, from + MAX_WORD)));
        }
        put(whole.ascii(from, Math.min(to, from + MAX_TEXT)));
        return closeFull();
    }

    private void separate() {
        if (depth > 0) {
            if (!fresh[depth - 1]) {
                put(", ");
            }
            fresh[depth - 1] = false;
            left[depth - 1]--;
        }
    }

    private boolean closeFull() {
        while (depth > 0 && left[depth - 1] == 0) {
            depth--;
            put("]");
        }
        return depth == 0;
    }

    private void put(String more) {
        int room = MAX_TEXT - text.length();
        text.append(more, 0, Math.min(room, more.length()));
    }
}
