package io.hark.bench;

import io.hark.event.Conn;
import io.hark.store.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Makes a lake of connections, and says what a row costs: in time of the processor and in octets.
final class LakeMaker {

    private static final int SAMPLE = 2_000_000; // rows that tell what making one costs

    private LakeMaker() {}

    /// `DIR ROWS DAYS`.
    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        long rows = Long.parseLong(args[1]);
        int days = Integer.parseInt(args[2]);
        Month sample = new Month(SAMPLE, days);
        long begun = cpu();
        long sampled = 0;
        for (Conn conn = sample.next(); conn != null; conn = sample.next()) {
            sampled++;
        }
        double making = (double) (cpu() - begun) / sampled;
        Month month = new Month(rows, days);
        begun = cpu();
        long stored = 0;
        try (Store store = new Store(dir)) {
            for (Conn conn = month.next(); conn != null; conn = month.next()) {
                store.accept(conn);
                stored++;
            }
        }
        double storing = (double) (cpu() - begun) / stored - making;
        System.out.printf(
                Locale.ROOT,
                "%,d rows, %.1f octets each; %.2f µs of CPU each to store, and %.2f to make%n",
                stored,
                (double) octets(dir) / stored,
                storing / 1e3,
                making / 1e3);
    }

    private static long octets(Path dir) throws IOException {
        long octets = 0;
        try (var files = Files.walk(dir.resolve("events"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                octets += Files.size(file);
            }
        }
        return octets;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
