package io.hark.parse.http;

import io.hark.bytes.Bytes;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The header lines of a head as `Name: value`, cut only when somebody looks: asking decoders about
/// a head that none of them wants costs one copy of it.
///
/// *Thread*: the worker that made it; who passes it on copies it.
final class HeaderLines extends AbstractList<String> implements RandomAccess {

    private final byte[] head;
    private final Head cursor;
    private @Nullable List<String> lines;

    /// The lines of `whole` from its first header on.
    ///
    /// @param cursor to read them with; one for all, since it is large
    HeaderLines(Bytes whole, int from, Head cursor) {
        this.cursor = cursor;
        head = new byte[Math.max(0, Math.min(whole.length(), Head.MAX_BYTES) - from)];
        whole.copyTo(from, head, 0, head.length);
    }

    @Override
    public String get(int index) {
        return lines().get(index);
    }

    @Override
    public int size() {
        return lines().size();
    }

    private List<String> lines() {
        List<String> made = lines;
        if (made == null) {
            made = new ArrayList<>();
            cursor.over(Bytes.of(head));
            while (cursor.next()) {
                made.add(cursor.name() + ": " + cursor.value());
            }
            lines = made;
        }
        return made;
    }
}
