package io.hark.parse.http;

import io.hark.bytes.Bytes;
import io.hark.carry.HeaderIndex;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The header lines of a head as `Name: value`, cut only when somebody looks: asking decoders about
/// a head that none of them wants costs one copy of it.
///
/// *Thread*: the worker that made it; who passes it on copies it.
final class HeaderLines extends AbstractList<String> implements HeaderIndex, RandomAccess {

    private final byte[] head;
    private final HeaderText text;
    private @Nullable List<String> lines;

    /// The lines of `whole` from its first header on.
    HeaderLines(Bytes whole, int from, HeaderText text) {
        this.text = text;
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

    @Override
    public String value(String name) {
        return text.value(head, name);
    }

    @Override
    public int longest() {
        return text.longest(head);
    }

    private List<String> lines() {
        List<String> made = lines;
        if (made == null) {
            made = text.lines(head);
            lines = made;
        }
        return made;
    }
}
