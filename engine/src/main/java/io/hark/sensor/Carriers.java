package io.hark.sensor;

import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Http;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which request carried which file, where a log tells both apart: Zeek's files.log has the file's
/// id alone, its http.log the ids of a request's files.
///
/// *Bounds*: the latest [#MAX_KEPT] files of requests, some 20 MB.
///
/// *Thread*: one owner.
final class Carriers {

    private static final int MAX_KEPT = 1 << 16;

    private final Map<String, Carrier> carriers =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Carrier> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /// Learns from the event, and gives it back: a file with what carried it.
    Event told(Event event) {
        if (event instanceof Http http) {
            learn(http.orig_fuids(), http);
            learn(http.resp_fuids(), http);
        } else if (event instanceof FileSeen file && file.carrier().equals(Carrier.NONE)) {
            Carrier carrier = carriers.get(file.fuid());
            return carrier == null ? file : file.carriedBy(carrier);
        }
        return event;
    }

    private void learn(@Nullable List<String> fuids, Http http) {
        if (fuids == null) {
            return;
        }
        for (String fuid : fuids) {
            carriers.put(
                    fuid,
                    new Carrier(
                            http.trans_depth(),
                            http.method(),
                            http.host(),
                            http.uri(),
                            http.version(),
                            http.user_agent(),
                            http.referrer(),
                            http.status_code(),
                            http.content_type(),
                            null));
        }
    }
}
