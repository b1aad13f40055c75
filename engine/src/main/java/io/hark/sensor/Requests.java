package io.hark.sensor;

import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What hosts asked of each other where it can be read: the same request of the same two hosts is
/// one, with how often it was made.
///
/// Each kind of event has a share of the room, so that a million names asked for leave a single
/// service that was started its place.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Requests {

    private static final int MAX_A_KIND = 1 << 11; // a page shows a hundredth

    /// A request, and how often it was made.
    public static final class Request {
        /// Who asked whom, the first time.
        public final Endpoints id;

        /// When it was first made, nanoseconds.
        public final long ts;

        /// In which connection that was.
        public final String uid;

        /// What was asked.
        public final String what;

        /// How often.
        public long count;

        private Request(Endpoints id, long ts, String uid, String what) {
            this.id = id;
            this.ts = ts;
            this.uid = uid;
            this.what = what;
        }
    }

    /// What was asked in one kind of event.
    ///
    /// *Thread*: the merge's; read when the analysis is over.
    public static final class OfKind {
        private final Map<Same, Request> requests = new HashMap<>();
        private long others;

        /// The most frequent first, then the first.
        public List<Request> mostFrequent(int most) {
            List<Request> all = new ArrayList<>(requests.values());
            all.sort(MOST_FREQUENT);
            return all.subList(0, Math.min(most, all.size()));
        }

        /// How many different ones are told apart.
        public int size() {
            return requests.size();
        }

        /// Those made when there was no room for another one.
        public long others() {
            return others;
        }
    }

    /// What makes two requests one.
    private record Same(Addr orig, Addr resp, String what) {}

    private static final Comparator<Request> MOST_FREQUENT =
            Comparator.comparingLong((Request r) -> -r.count)
                    .thenComparingLong(r -> r.ts)
                    .thenComparing(r -> r.what)
                    .thenComparing(r -> r.uid);

    private final Map<String, OfKind> kinds = new TreeMap<>();

    void event(Event event) {
        RequestWords.tell(event, this::add);
    }

    private void add(String kind, Endpoints id, long ts, String uid, String what, long times) {
        OfKind of = kinds.computeIfAbsent(kind, _ -> new OfKind());
        Same same = new Same(id.orig_h(), id.resp_h(), what);
        Request request = of.requests.get(same);
        if (request == null) {
            if (of.requests.size() >= MAX_A_KIND) {
                of.others += times;
                return;
            }
            request = new Request(id, ts, uid, what);
            of.requests.put(same, request);
        }
        request.count += times;
    }

    /// By kind of event, those first that change something or let somebody in.
    public Map<String, OfKind> kinds() {
        Map<String, OfKind> ordered = new LinkedHashMap<>();
        for (String kind : RequestWords.ORDER) {
            OfKind of = kinds.get(kind);
            if (of != null) {
                ordered.put(kind, of);
            }
        }
        return ordered;
    }
}
