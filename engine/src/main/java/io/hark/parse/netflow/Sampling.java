package io.hark.parse.netflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many packets the samplers of one domain look at, as their records of options say.
///
/// *Source*: RFC 3954 §8 (34, 48 to 50), RFC 5477 §8.2 (302, 305, 306, 309, 310). *Thread*: the
/// worker that owns the exporters.
final class Sampling {

    /// Samplers of one domain that are remembered; the longest unheard goes first. Routers have one
    /// or two an interface.
    private static final int MAX_SAMPLERS = 256;

    private static final long ANY = -1; // options that name no sampler

    private final Map<Long, Long> oneIn = new LinkedHashMap<>();

    /// Learns from a record of options.
    void learn(FlowRecord options) {
        Long rate = rate(options);
        if (rate == null) {
            return;
        }
        Long sampler = options.number(Iana.SAMPLER_ID, Iana.SELECTOR_ID);
        oneIn.remove(sampler == null ? ANY : sampler);
        oneIn.put(sampler == null ? ANY : sampler, rate);
        if (oneIn.size() > MAX_SAMPLERS) {
            oneIn.remove(oneIn.keySet().iterator().next());
        }
    }

    /// One packet in so many of this record's flow was looked at, or null if nothing says so.
    @Nullable Long of(FlowRecord flow) {
        Long own = rate(flow);
        if (own != null) {
            return own;
        }
        Long sampler = flow.number(Iana.SAMPLER_ID, Iana.SELECTOR_ID);
        Long named = sampler == null ? null : oneIn.get(sampler);
        return named == null ? oneIn.get(ANY) : named;
    }

    /// What the record itself says; null for nothing, and for a rate that is none.
    private static @Nullable Long rate(FlowRecord record) {
        Long interval = record.number(Iana.SAMPLING_INTERVAL, Iana.SAMPLER_RANDOM_INTERVAL);
        if (interval != null) {
            return interval > 0 ? interval : null;
        }
        Long space = record.number(Iana.SAMPLING_PACKET_SPACE);
        Long taken = record.number(Iana.SAMPLING_PACKET_INTERVAL);
        if (space != null && taken != null && taken > 0 && space >= 0) {
            return 1 + space / taken;
        }
        Long size = record.number(Iana.SAMPLING_SIZE);
        Long population = record.number(Iana.SAMPLING_POPULATION);
        return size != null && population != null && size > 0 && population >= size
                ? population / size
                : null;
    }
}
