package io.hark.carry.frame;

import io.hark.bytes.Bytes;

/// Frames that end with a mark: lines, for example, with `new Delimiter("\n")`.
///
/// @param text the mark (Latin-1)
public record Delimiter(String text) implements Framing {

    /// Checks that there is a mark.
    public Delimiter {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a delimiter has at least one octet");
        }
    }

    @Override
    public Cut cut(Bytes head) {
        int at = find(head);
        return at < 0
                ? new Cut.Until(text.charAt(text.length() - 1))
                : new Cut.Whole(0, at, text.length());
    }

    private int find(Bytes bytes) {
        int at = bytes.indexOf(text.charAt(0), 0);
        while (at >= 0 && !bytes.looksAt(at, text)) {
            at = bytes.indexOf(text.charAt(0), at + 1);
        }
        return at;
    }

    /// Behind a gap, behind the first mark.
    @Override
    public int resume(Bytes piece) {
        int at = find(piece);
        return at < 0 ? -1 : at + text.length();
    }
}
