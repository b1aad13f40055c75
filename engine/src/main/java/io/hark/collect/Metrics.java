package io.hark.collect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hark.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Tells Prometheus how a sensor and a collector fare, by what they say in their status files: one
/// that is dead is told of as well.
///
/// *Shape*: text exposition format 0.0.4. *Thread*: a virtual one a request.
public final class Metrics implements AutoCloseable {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Path spool;
    private final Path lake;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Metrics(Path spool, Path lake, HttpServer server) {
        this.spool = spool;
        this.lake = lake;
        this.server = server;
    }

    /// Begins to tell.
    ///
    /// @param address to listen at; anybody who can reach it is told
    /// @param spool of the sensor
    /// @param lake of the collector
    /// @throws UserError if the port cannot be bound
    public static Metrics open(String address, int port, Path spool, Path lake) {
        try {
            Metrics metrics =
                    new Metrics(
                            spool,
                            lake,
                            HttpServer.create(new InetSocketAddress(address, port), 0));
            metrics.server.setExecutor(metrics.threads);
            metrics.server.createContext("/metrics", metrics::tell);
            metrics.server.start();
            return metrics;
        } catch (IOException e) {
            throw new UserError(
                    "cannot tell metrics at " + address + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /// The port it is bound to.
    public int port() {
        return server.getAddress().getPort();
    }

    private void tell(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String text() throws IOException {
        Exposition out = new Exposition();
        if (SensorStatus.isThere(spool)) {
            sensor(out, SensorStatus.read(spool));
        }
        if (Status.isThere(lake)) {
            collector(out, Status.read(lake));
        }
        return out.toString();
    }

    private static void sensor(Exposition out, SensorStatus status) {
        SensorStatus.OfCapture capture = status.capture();
        out.gauge(
                "hark_sensor_up",
                "whether the sensor runs",
                alive(status.isRunning(), status.pid()));
        out.gauge("hark_sensor_told_seconds", "when it said so", seconds(status.at()));
        out.counter("hark_capture_frames_total", "frames taken", capture.frames());
        out.counter("hark_capture_bytes_total", "bytes of them", capture.octets());
        dropped(out, "kernel", capture.kernelDrops());
        dropped(out, "ring", capture.ringDrops());
        dropped(out, "queue", capture.queueDrops());
        out.gauge("hark_spool_bytes", "what is spooled", status.held());
        out.gauge("hark_spool_room_bytes", "the most that may be", status.room());
        out.gauge(
                "hark_spool_waiting_rows",
                "events and pieces that the collector does not have",
                status.rows() - status.acknowledged());
        out.counter(
                "hark_sensor_rows_total",
                "events and pieces told since the spool began",
                status.rows());
        out.counter("hark_sensor_lost_rows_total", "given up for want of room", status.lost());
        out.counter(
                "hark_sensor_refused_rows_total",
                "that the collector could not read",
                status.refused());
    }

    private static void dropped(Exposition out, String place, long frames) {
        out.sample("hark_capture_dropped_total", "counter", "frames lost", frames, "place", place);
    }

    private static void collector(Exposition out, Status status) {
        Status.OfJournal journal = status.journal();
        out.gauge(
                "hark_collector_up",
                "whether the collector runs",
                alive(status.isRunning(), status.pid()));
        out.gauge("hark_collector_told_seconds", "when it said so", seconds(status.at()));
        out.gauge("hark_journal_bytes", "what is journaled and not in the lake", journal.held());
        out.gauge("hark_journal_room_bytes", "the most that may be", journal.budget());
        out.gauge(
                "hark_journal_behind_seconds",
                "how old what is read next is",
                journal.behind() / 1e9);
        out.gauge(
                "hark_lake_committed_seconds",
                "when the last batch was stored",
                seconds(journal.committed()));
        out.counter("hark_journal_damages_total", "segments that were broken", journal.damages());
        for (Status.OfListener one : status.listeners()) {
            if (one.dropped() >= 0) {
                out.sample(
                        "hark_listener_dropped_total",
                        "counter",
                        "datagrams that the kernel dropped",
                        one.dropped(),
                        "listener",
                        one.name());
            }
        }
        for (Status.OfSource one : status.sources()) {
            String[] labels = {"listener", one.receiver(), "source", one.source()};
            out.sample(
                    "hark_source_silent",
                    "gauge",
                    "whether it is silent",
                    one.state().equals("silent") ? 1 : 0,
                    labels);
            out.sample(
                    "hark_source_last_seen_seconds",
                    "gauge",
                    "when it was last heard",
                    seconds(one.lastSeen()),
                    labels);
            out.sample(
                    "hark_source_records_total",
                    "counter",
                    "records since it was first heard",
                    one.records(),
                    labels);
            out.sample("hark_source_bytes_total", "counter", "bytes of them", one.bytes(), labels);
            out.sample(
                    "hark_source_lag_seconds",
                    "gauge",
                    "the longest wait from coming to reading",
                    one.lag() / 1e9,
                    labels);
            out.sample(
                    "hark_source_unread_total",
                    "counter",
                    "records that nobody could read",
                    one.unread(),
                    labels);
            out.sample(
                    "hark_source_shed_total",
                    "counter",
                    "lost for want of room",
                    one.shed(),
                    labels);
            out.sample(
                    "hark_source_refused_total",
                    "counter",
                    "connections refused",
                    one.refused(),
                    labels);
            Long skew = one.skew();
            if (skew != null) {
                out.sample(
                        "hark_source_skew_seconds",
                        "gauge",
                        "how far its clock is behind",
                        skew / 1e9,
                        labels);
            }
        }
    }

    private static double alive(boolean saysSo, long pid) {
        return saysSo && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) ? 1 : 0;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
