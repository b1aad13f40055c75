package io.hark.cli;

import io.hark.UserError;
import io.hark.collect.Shipper;
import io.hark.config.Amounts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a sensor ships to, and where it keeps what is not there yet.
final class ShippingPlace {

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "Ship to this collector: https://collector:8444.")
    private @Nullable String to;

    @Option(
            names = "--spool",
            paramLabel = "DIR",
            description =
                    "Where the sensor's identity is, and what the collector has not acknowledged yet.")
    private @Nullable Path spool;

    @Option(
            names = "--spool-room",
            paramLabel = "BYTES",
            description =
                    "The most that the spool takes on the disk, from 16MB; the oldest goes first, and is counted. Default: 1GB.")
    private @Nullable String room;

    /// Whether a collector was named.
    boolean isNamed() {
        return to != null;
    }

    /// The collector.
    URI collector() {
        if (to == null) {
            throw new UserError("which collector? name it with --to https://host:8444");
        }
        try {
            URI uri = new URI(to);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new UserError("--to takes https://host:port, not " + to, e);
        }
        throw new UserError("--to takes https://host:port, not " + to);
    }

    /// The spool.
    Path spool() {
        if (spool == null) {
            throw new UserError("where to spool? name a folder with --spool");
        }
        return spool;
    }

    /// Octets that it may take.
    long room() {
        return room == null ? Shipper.ROOM : Amounts.bytes("--spool-room", room);
    }
}
