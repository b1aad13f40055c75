package io.hark.parse.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of the headers of one side's messages, in their order: what tells one client from
/// another that calls itself the same.
///
/// Messages of one connection, and those of like clients, mostly have the same ones: they share one
/// list.
///
/// *Thread*: one owner, the worker, for all its connections.
final class HeaderNames {

    private List<String> last = List.of();
    private int same; // how many are as in the message before
    private @Nullable List<String> own; // where they are not

    /// Begins a message; `before` are the names of the one before on its connection, if there are
    /// any.
    void begin(List<String> before) {
        last = before.isEmpty() ? last : before;
        same = 0;
        own = null;
    }

    /// Adds the header at hand.
    void add(Head head) {
        List<String> names = own;
        if (names == null) {
            if (same < last.size() && head.isNamed(last.get(same))) {
                same++;
                return;
            }
            names = new ArrayList<>(last.subList(0, same));
            own = names;
        }
        names.add(head.upperName()); // as many as a head may have lines
    }

    /// The names of the whole message, upper case.
    List<String> end() {
        if (own != null) {
            last = List.copyOf(own);
            own = null;
        } else if (same < last.size()) {
            last = List.copyOf(last.subList(0, same));
        }
        return last;
    }
}
