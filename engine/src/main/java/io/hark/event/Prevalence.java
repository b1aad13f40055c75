package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// How many hosts of the site call the place outside that a connection went to, and use the program
/// that called: said when a host calls a place for the first time that few others call, and once
/// more when it is no place of few any more.
///
/// It is a fact, not a judgement, and needs a site: nothing is said while fewer than ten local
/// hosts are known.
@Named(
        value = "prevalence",
        about = "how many hosts of the site call a place outside, and use the program that calls",
        sight = Sight.SHAPE)
public record Prevalence(
        @About(value = "beginning of the connection", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("the place: the registered part of its name, or the address where it has none")
                String place,
        @About("hosts of the site that called it so far") long place_hosts,
        @About(value = "when the site called it first", unit = Unit.TIME) long place_since,
        @About("the program that called: JA4, or the user agent where there is no TLS")
                @Nullable String client,
        @About("hosts of the site that use this program so far") @Nullable Long client_hosts,
        @About("hosts of the site so far") long site_hosts,
        @About(value = "since when the site is watched", unit = Unit.TIME) long site_since)
        implements OfConnection {

    /// How many hosts are few, of a site of `hosts`: one in fifty, two at least.
    ///
    /// *Source*: RITA 5 raises a score where 2 % of the hosts or fewer call a place.
    public static long few(long hosts) {
        return Math.max(2, hosts / 50);
    }

    /// Whether no more than a few hosts call the place.
    public boolean isPlaceRare() {
        return place_hosts <= few(site_hosts);
    }

    /// Whether the program is known and no more than a few hosts use it.
    public boolean isClientRare() {
        return client_hosts != null && client_hosts <= few(site_hosts);
    }
}
