package io.hark.parse.netflow;

import io.hark.schema.Addr;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// What all exporters that one worker hears have told so far.
///
/// Templates outlive connections: an exporter sends them as seldom as every half an hour, and what
/// looks like one connection ends after a minute of silence. A worker sees all traffic between two
/// hosts, so the pair is part of the key and any number of workers reads the same.
///
/// *Thread*: the worker that owns the parser.
final class Exporters {

    /// Octets that all domains may take together, about; the one unheard for longest goes first. An
    /// exporter with thirty templates of thirty fields takes 20 kB.
    private static final int MAX_WEIGHT = 32 << 20;

    /// Domains that are remembered, for floods of messages with made-up sources.
    private static final int MAX_DOMAINS = 1 << 14;

    /// *Source*: RFC 3954 §5.1 tells exporters apart by address and source; RFC 7011 §8 by
    /// transport session and domain.
    ///
    /// @param port the exporter's port; 0 for NetFlow
    record Key(Addr exporter, Addr collector, int port, int version, long domain) {}

    private final Map<Key, Domain> domains = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /// The domain; a new one where it was never heard, or not for too long.
    Domain of(Key key) {
        Domain domain = domains.computeIfAbsent(key, k -> new Domain());
        if (domains.size() > MAX_DOMAINS) {
            dropOldest();
        }
        return domain;
    }

    /// Says how a domain's weight has changed.
    void grown(int by) {
        weight += by;
        while (weight > MAX_WEIGHT && domains.size() > 1) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Iterator<Domain> oldest = domains.values().iterator();
        weight -= oldest.next().weight();
        oldest.remove();
    }
}
