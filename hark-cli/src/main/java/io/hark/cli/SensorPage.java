package io.hark.cli;

import io.hark.bytes.Visible;
import io.hark.collect.SensorStatus;
import io.hark.report.Units;
import java.util.ArrayList;
import java.util.List;

/// How a sensor that ships fares, for a person.
final class SensorPage {

    private SensorPage() {}

    /// The lines.
    ///
    /// @param now nanoseconds since 1970 UTC
    static List<String> of(SensorStatus status, long now) {
        List<String> page = new ArrayList<>();
        SensorStatus.OfCapture capture = status.capture();
        page.add("sensor " + status.name() + " ships to " + Visible.line(status.to()));
        page.add(
                "capture "
                        + Visible.line(capture.source())
                        + ": "
                        + capture.frames()
                        + " frames, "
                        + Units.bytes(capture.octets())
                        + lost("kernel", capture.kernelDrops())
                        + lost("ring", capture.ringDrops())
                        + lost("queue", capture.queueDrops()));
        page.add(
                "spool "
                        + Units.bytes(status.held())
                        + " of "
                        + Units.bytes(status.room())
                        + "; told "
                        + status.rows()
                        + ", with the collector "
                        + status.acknowledged()
                        + (status.acknowledgedAt() == 0
                                ? ""
                                : ", last "
                                        + Units.duration(Math.max(0, now - status.acknowledgedAt()))
                                        + " ago")
                        + (status.lost() == 0 ? "" : "; LOST for want of room " + status.lost())
                        + (status.refused() == 0 ? "" : "; REFUSED " + status.refused()));
        if (status.trouble() != null) {
            page.add("TROUBLE: " + Visible.line(status.trouble()));
        }
        return page;
    }

    private static String lost(String where, long frames) {
        return frames == 0 ? "" : ", " + where + " DROPPED " + frames;
    }
}
