package io.hark.report;

import io.hark.sensor.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// Volume as a picture shows it: few buckets, few services, the largest first, the rest as one.
///
/// @param bands a service each
/// @param begun connections that began, by bucket
/// @param fromNanos when the first bucket begins
/// @param widthNanos how long one lasts
record Bands(List<Band> bands, long[] begun, long fromNanos, long widthNanos) {

    /// Colours there are, without that of the rest.
    static final int MAX_BANDS = 6;

    private static final int MAX_BUCKETS = 160; // bars that can be told apart
    private static final String REST = "all others";

    /// One service.
    ///
    /// @param bytes by bucket
    /// @param colour its class in the style
    record Band(String service, long[] bytes, String colour) {
        long sum() {
            long sum = 0;
            for (long n : bytes) {
                sum += n;
            }
            return sum;
        }
    }

    static Bands of(Volume volume) {
        int size = volume.size();
        int merge = Math.max(1, Math.ceilDiv(size, MAX_BUCKETS));
        Comparator<Entry<String, Long>> order =
                Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Entry.comparingByKey());
        Map<String, long[]> all = volume.bytes();
        List<String> largest =
                all.entrySet().stream()
                        .map(e -> Map.entry(e.getKey(), new Band("", e.getValue(), "").sum()))
                        .sorted(order)
                        .map(Entry::getKey)
                        .toList();
        List<Band> bands = new ArrayList<>();
        int told = largest.size() <= MAX_BANDS + 1 ? largest.size() : MAX_BANDS;
        for (int i = 0; i < told; i++) {
            String service = largest.get(i);
            bands.add(
                    new Band(
                            service,
                            merged(all.getOrDefault(service, new long[0]), merge),
                            colour(i)));
        }
        if (told < largest.size()) {
            long[] rest = new long[Math.ceilDiv(size, merge)];
            for (String service : largest.subList(told, largest.size())) {
                long[] row = merged(all.getOrDefault(service, new long[0]), merge);
                for (int i = 0; i < row.length; i++) {
                    rest[i] += row[i];
                }
            }
            bands.add(new Band(REST, rest, "s-rest"));
        }
        return new Bands(
                bands,
                merged(volume.begun(), merge),
                volume.fromNanos(),
                volume.widthNanos() * merge);
    }

    private static String colour(int rank) {
        return rank < MAX_BANDS ? "s" + rank : "s-rest";
    }

    /// The colour of a service; that of the rest if it has none of its own.
    String colourOf(String service) {
        return bands.stream()
                .filter(band -> band.service.equals(service))
                .map(Band::colour)
                .findFirst()
                .orElse("s-rest");
    }

    private static long[] merged(long[] row, int merge) {
        long[] wide = new long[Math.ceilDiv(row.length, merge)];
        for (int i = 0; i < row.length; i++) {
            wide[i / merge] += row[i];
        }
        return wide;
    }

    int size() {
        return begun.length;
    }

    long sum(int bucket) {
        long sum = 0;
        for (Band band : bands) {
            sum += band.bytes[bucket];
        }
        return sum;
    }
}
