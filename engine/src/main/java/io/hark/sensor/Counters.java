package io.hark.sensor;

import io.hark.wire.Engine;
import io.hark.wire.Meter;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a pipeline counted, by the names that `case.json` knows.
final class Counters {

    private Counters() {}

    /// All of it, of a pipeline that has run.
    static Map<String, Long> of(Pipeline pipeline) {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("packets", pipeline.source().frameCount());
        counters.put("bytes", pipeline.source().octetCount());
        counters.put("not_ip", pipeline.source().layers().notIp());
        counters.put("bad_headers", pipeline.source().layers().badHeaders());
        counters.put(
                "bad_checksums",
                pipeline.source().layers().badChecksums()
                        + pipeline.engines().stream().mapToLong(Engine::badChecksums).sum());
        counters.put("duplicates", pipeline.source().layers().copied());
        counters.put("clock_set_back", pipeline.source().layers().setBack());
        counters.put("fragments", pipeline.source().layers().fragmentCount());
        counters.put("fragments_overlapping", pipeline.source().layers().overlappingFragments());
        Meter total = pipeline.total();
        counters.put("kernel_drops", total.drops().kernel());
        counters.put("ring_drops", total.drops().ring());
        counters.put("queue_drops", total.drops().queue());
        counters.put("shed_pieces", total.shedPieces());
        counters.put("shed_connections", total.shedConnections());
        counters.put("early_rollups", total.earlyRollups());
        counters.put("acks", total.acks());
        counters.put("ack_gaps", total.gaps());
        counters.put(
                "own_errors",
                pipeline.engines().stream()
                        .flatMap(e -> e.failures().values().stream())
                        .mapToLong(Long::longValue)
                        .sum());
        counters.putAll(pipeline.source().counters());
        return counters;
    }
}
