package io.hark.bench;

import io.hark.Detector;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;

/// A day of a site, in event time: all detectors take the connections of its hosts, and memory is
/// measured each hour after a collection.
///
/// Each host calls a few places of its own time and again, the places everybody calls, and now and
/// then one nobody called before; one in a hundred has a beacon. Prints events a second of the
/// processor, what is held each hour, and the slope of it over the second half of the day.
///
/// Usage: `java -cp … io.hark.bench.Soak [HOSTS [HOURS [CALLS]]]`; 5,000 hosts, 24 hours and 40
/// calls an hour and host by default.
public final class Soak {

    private static final int COMMON = 25; // places that everybody calls
    private static final int OWN = 12; // places of one host
    private static final double MEGA = 1 << 20;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final List<KeyedRunner<Event, ?, Finding>> runners = new ArrayList<>();
    private final Random random = new Random(1);
    private long findings;
    private int fresh = 1 << 20;

    private Soak() {}

    /// Runs it.
    public static void main(String[] args) {
        int hosts = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int hours = args.length > 1 ? Integer.parseInt(args[1]) : 24;
        int calls = args.length > 2 ? Integer.parseInt(args[2]) : 40;
        new Soak().run(hosts, hours, calls);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as services are found
    private void run(int hosts, int hours, int calls) {
        for (Detector detector : ServiceLoader.load(Detector.class)) {
            if (detector.watches().contains(Conn.class)) {
                runners.add(runner(detector));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d detectors, %,d hosts, %d hours, seed 1%n",
                runners.size(),
                hosts,
                hours);
        double[] held = new double[hours];
        long events = 0;
        long nanos = 0;
        for (int hour = 0; hour < hours; hour++) {
            long begun = CPU.getCurrentThreadCpuTime(); // others may share the machine
            events += hour(hour, hosts, calls);
            nanos += CPU.getCurrentThreadCpuTime() - begun;
            held[hour] = held();
            System.out.printf(
                    Locale.ROOT,
                    "hour %2d  %,12d events  %,9.0f events/s  %7.1f MB  %,d keys  %,d findings%n",
                    hour + 1,
                    events,
                    events / (nanos / 1e9),
                    held[hour],
                    runners.stream().mapToLong(r -> r.counters().keys()).sum(),
                    findings);
        }
        System.out.printf(
                Locale.ROOT,
                "slope of the second half: %.2f MB an hour; shed keys %d, late %d, failed %d%n",
                slope(held, hours / 2),
                runners.stream().mapToLong(r -> r.counters().shed()).sum(),
                runners.stream().mapToLong(r -> r.counters().late()).sum(),
                runners.stream().mapToLong(r -> r.counters().failed()).sum());
    }

    private <S extends Stored> KeyedRunner<Event, S, Finding> runner(Detector<S> detector) {
        return KeyedRunner.of(detector, KeyedRunner.Limits.OFFLINE, _ -> findings++);
    }

    private long hour(int hour, int hosts, int calls) {
        long all = (long) hosts * calls;
        long beats = 0;
        for (long i = 0; i < all; i++) {
            double at = hour * 3600.0 + 3600.0 * i / all;
            int host = 1 + random.nextInt(hosts);
            give(MadeConns.conn(at, host, place(host), 443, size(), size() * 8));
            if (i % calls == 0 && host % 100 == 0) {
                give(MadeConns.conn(at, host, 1 << 19 | host, 8443, 320, 200));
                beats++;
            }
        }
        return all + beats;
    }

    private int place(int host) {
        int dice = random.nextInt(100);
        if (dice < 60) {
            return 1000 + host * OWN + random.nextInt(OWN);
        }
        return dice < 99 ? random.nextInt(COMMON) : fresh++;
    }

    private long size() {
        return Math.round(Math.exp(6 + 1.2 * random.nextGaussian()));
    }

    private void give(Conn conn) {
        runners.forEach(runner -> runner.add(conn));
    }

    /// What is held after a collection.
    private static double held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA;
    }

    /// The slope of a straight line through the values from one on, by least squares.
    private static double slope(double[] values, int from) {
        int n = values.length - from;
        double meanX = (n - 1) / 2.0;
        double meanY = 0;
        for (int i = from; i < values.length; i++) {
            meanY += values[i] / n;
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i < n; i++) {
            above += (i - meanX) * (values[from + i] - meanY);
            below += (i - meanX) * (i - meanX);
        }
        return below == 0 ? 0 : above / below;
    }
}
