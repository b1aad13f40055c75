package io.hark.detect.dnstunnel;

import io.hark.Distinct;
import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.schema.Addr;

/// What a client asked of one registered domain.
///
/// @param names different names
/// @param upBytes information in them: letters and digits below the domain times the bits of an
///   alphabet as rich as theirs, each name once
/// @param longLabels different names with a label too long for people
/// @param rich queries of types that carry free content: TXT, NULL, CNAME, MX, SRV and unknown ones
/// @param downBytes content of the answers to these
/// @param failed queries whose name does not exist
/// @param resolver who was asked last
/// @param port at which port
public record Names(
        Distinct names,
        double upBytes,
        long longLabels,
        long rich,
        long downBytes,
        long failed,
        Addr resolver,
        int port,
        Span span,
        Said said)
        implements Gathered {

    static Names of(Addr resolver, int port) {
        return new Names(Distinct.NONE, 0, 0, 0, 0, 0, resolver, port, Span.NONE, Said.NOTHING);
    }

    Names with(Said more) {
        return new Names(
                names, upBytes, longLabels, rich, downBytes, failed, resolver, port, span, more);
    }

    /// Share of the queries that asked a name for the first time.
    double unique() {
        return span.count() == 0 ? 0 : Math.min(1, (double) names.count() / span.count());
    }

    /// Bytes of information in a name.
    double perName() {
        return names.count() == 0 ? 0 : upBytes / names.count();
    }
}
