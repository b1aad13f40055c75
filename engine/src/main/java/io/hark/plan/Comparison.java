package io.hark.plan;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.LogSource;
import io.hark.engagement.Engagement.Sensor;
import io.hark.plan.Observation.Logged;
import io.hark.plan.Observation.Talk;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/// Holds a plan against what was observed.
///
/// A case does not say which sensor took a frame: a sensor is silent if there is nothing of all
/// that it is declared to see.
public final class Comparison {

    private static final long LEAST_TCP = 10; // fewer tell nothing about a tap
    private static final double ONE_SIDED = 0.2; // of them: asymmetric routes make a few
    private static final double LOST = 0.01;
    private static final double DUPLICATED = 0.01;
    private static final long LEAST_MATCHES = 3;
    private static final double APART_SECONDS = 2; // what logs that count whole seconds explain
    private static final int MAX_HOSTS = 50; // that nobody declared, told by address
    private static final List<String> DROPS = List.of("kernel_drops", "ring_drops", "queue_drops");

    private final Engagement engagement;
    private final Observation seen;
    private final Map<Place, Sum> places = new LinkedHashMap<>();
    private final List<Trouble> troubles = new ArrayList<>();

    private Comparison(Engagement engagement, Observation seen) {
        this.engagement = engagement;
        this.seen = seen;
        Place.of(engagement).forEach(place -> places.put(place, new Sum()));
        for (Talk talk : seen.talks()) {
            add(talk);
        }
    }

    /// What passed at a place.
    private static final class Sum {
        private long conns;
        private long tcp;
        private long oneWay;
        private long bytes;
        private long missed;
    }

    private void add(Talk talk) {
        String from = Place.zone(engagement, talk.orig());
        String to = Place.zone(engagement, talk.resp());
        if (talk.resp().isGroupOrNobody()) {
            to = from; // a group is of its segment
        }
        for (Entry<Place, Sum> one : places.entrySet()) {
            if (one.getKey().joins(from, to)) {
                Sum sum = one.getValue();
                sum.conns += talk.conns();
                sum.tcp += talk.tcp();
                sum.oneWay += talk.oneWay();
                sum.bytes += talk.bytes();
                sum.missed += talk.missed();
            }
        }
    }

    /// What is not as it was planned, the worst first.
    public static List<Trouble> of(Engagement engagement, Observation seen) {
        Comparison comparison = new Comparison(engagement, seen);
        comparison.sources();
        comparison.places();
        comparison.losses();
        comparison.clocks();
        comparison.hosts();
        comparison.troubles.sort(Comparator.comparing(Trouble::kind));
        return List.copyOf(comparison.troubles);
    }

    private void add(Trouble.Kind kind, String subject, String text, Object... numbers) {
        troubles.add(new Trouble(kind, subject, text.formatted(numbers)));
    }

    private void sources() {
        for (Sensor sensor : engagement.sensors()) {
            List<Place> declared =
                    places.keySet().stream()
                            .filter(place -> Coverage.of(sensor, place) != Coverage.NONE)
                            .toList();
            if (declared.isEmpty()) {
                add(
                        Trouble.Kind.SILENT_SENSOR,
                        sensor.name(),
                        "is declared to see nothing: give it zones, or what it sees");
            } else if (declared.stream().allMatch(place -> sum(place).conns == 0)) {
                add(
                        Trouble.Kind.SILENT_SENSOR,
                        sensor.name(),
                        "nothing of %s is there: is it plugged in, and its case among these?",
                        String.join(", ", declared.stream().map(Place::toString).toList()));
            }
        }
        for (LogSource log : engagement.logs()) {
            if (seen.logs().stream().noneMatch(lines -> isOf(lines, log))) {
                add(
                        Trouble.Kind.SILENT_LOG,
                        log.name(),
                        "no line of %s is there: does it send, and is it read?",
                        log.kind());
            }
        }
    }

    private Sum sum(Place place) {
        return places.getOrDefault(place, new Sum());
    }

    private static boolean isOf(Logged lines, LogSource log) {
        return lines.module().equals(log.kind()) || log.name().equals(lines.host());
    }

    private void places() {
        places.forEach(
                (place, sum) -> {
                    if (sum.tcp >= LEAST_TCP && sum.oneWay > ONE_SIDED * sum.tcp) {
                        add(
                                Trouble.Kind.ONE_SIDED,
                                place.toString(),
                                "of %,d TCP connections that went on, %,d were seen one way only:"
                                        + " the tap gets one direction, or the way back is another",
                                sum.tcp,
                                sum.oneWay);
                    }
                    if (sum.missed > LOST * (sum.bytes + sum.missed)) {
                        add(
                                Trouble.Kind.LOSS,
                                place.toString(),
                                "%,d of %,d bytes of payload never came by",
                                sum.missed,
                                sum.bytes + sum.missed);
                    }
                    boolean planned =
                            engagement.sensors().stream()
                                    .anyMatch(s -> Coverage.of(s, place) != Coverage.NONE);
                    if (sum.conns > 0 && !planned && !engagement.sensors().isEmpty()) {
                        add(
                                Trouble.Kind.UNPLANNED,
                                place.toString(),
                                "%,d connections are there that no sensor is declared to see: declare"
                                        + " which one does, or look for the host that is in two zones",
                                sum.conns);
                    }
                });
    }

    private void losses() {
        long packets = counter("packets");
        for (String place : DROPS) {
            if (counter(place) > 0) {
                add(
                        Trouble.Kind.LOSS,
                        place,
                        "%,d packets were dropped there beside %,d taken: docs/how-to/loss.md",
                        counter(place),
                        packets);
            }
        }
        if (seen.captureLoss() > LOST) {
            add(
                    Trouble.Kind.LOSS,
                    "all",
                    String.format(
                            Locale.ROOT,
                            "%.1f %%%% of the payload is known to be missing",
                            100 * seen.captureLoss()));
        }
        long twice = counter("duplicates");
        if (twice > DUPLICATED * packets) {
            add(
                    Trouble.Kind.DUPLICATES,
                    "all",
                    "%,d of %,d frames were captured twice: two sensors see the same, or a mirror port"
                            + " copies what comes in and what goes out",
                    twice,
                    packets);
        }
        if (counter("clock_set_back") > 0) {
            add(
                    Trouble.Kind.CLOCKS_APART,
                    "capture",
                    "%,d times a frame lies more than a minute before the one ahead of it: a clock was"
                            + " set, or the clocks of two captures do not agree",
                    counter("clock_set_back"));
        }
    }

    private long counter(String name) {
        return seen.counters().getOrDefault(name, 0L);
    }

    private void clocks() {
        for (Logged lines : seen.logs()) {
            Double apart = lines.apart();
            if (apart != null
                    && lines.matched() >= LEAST_MATCHES
                    && Math.abs(apart) > APART_SECONDS) {
                add(
                        Trouble.Kind.CLOCKS_APART,
                        lines.host() == null ? lines.module() : lines.host(),
                        "its lines are %s than the packets that %,d of them tell of: set its clock, or"
                                + " say its time zone",
                        String.format(
                                Locale.ROOT,
                                "%,.0f s %s",
                                Math.abs(apart),
                                apart > 0 ? "later" : "earlier"),
                        lines.matched());
            }
        }
    }

    private void hosts() {
        Map<Addr, Long> hosts = new HashMap<>();
        for (Talk talk : seen.talks()) {
            hosts.merge(talk.orig(), talk.conns(), Long::sum);
            if (talk.answered() > 0) { // an address that never answers may be nobody's
                hosts.merge(talk.resp(), talk.answered(), Long::sum);
            }
        }
        for (Asset asset : engagement.assets()) {
            if (hosts.keySet().stream().noneMatch(asset.addresses()::isLocal)) {
                add(
                        Trouble.Kind.UNSEEN_ASSET,
                        asset.name(),
                        "was not seen: it was silent, or no sensor sees what it says");
            }
        }
        List<Entry<Addr, Long>> unknown =
                hosts.entrySet().stream()
                        .filter(host -> isUndeclared(host.getKey()))
                        .sorted(
                                Entry.<Addr, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Entry.comparingByKey()))
                        .toList();
        for (Entry<Addr, Long> host : unknown.stream().limit(MAX_HOSTS).toList()) {
            String zone = Place.zone(engagement, host.getKey());
            add(
                    Trouble.Kind.UNDECLARED_HOST,
                    host.getKey().toString(),
                    "talked in %,d connections, in %s: declare it, or find out who it is",
                    host.getValue(),
                    zone.equals(Engagement.OUTSIDE) ? "no zone" : "zone " + zone);
        }
        if (unknown.size() > MAX_HOSTS) {
            add(
                    Trouble.Kind.UNDECLARED_HOST,
                    "others",
                    "%,d further hosts are not declared",
                    unknown.size() - MAX_HOSTS);
        }
    }

    private boolean isUndeclared(Addr host) {
        return engagement.isLocal(host)
                && !host.isGroupOrNobody()
                && engagement.asset(host).isEmpty()
                && engagement.decoys().stream().noneMatch(decoy -> decoy.addresses().isLocal(host));
    }
}
