package io.hark.detect.beacons;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Http;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds programs that call the same place again and again on a schedule: implants that ask for
/// orders.
///
/// *What is a beat.* The start of a TCP or UDP connection, and every HTTP request. Beats are
/// gathered by (originator, responder, port, transport), or by (originator, server name, port)
/// where the client said the name itself (SNI, Host), so that a server behind many addresses is
/// one. Connections are counted when they end: an open one is one beat, and its absence for an hour
/// moves no period.
///
/// *What is a beacon.* Score = periodicity × persistence ([Rhythm]); both axes are needed, since
/// anything chatty persists and any short burst is regular. A finding needs a score of 0.25 and a
/// surprise of 4: a pair without memory looks so regular once in 10,000. Confidence = score × (1 −
/// 10^(−(surprise − 3) / 2)), so that few beats say so themselves.
///
/// *How bad.* Points: the client named no server outside (or a bare address); no parser knows the
/// protocol of the answers; the port is not one of its kind; the requests are all of one size.
/// Medium: score 0.4, surprise 5, and one point if it goes from inside to outside, three if it ends
/// inside. High: from inside to outside, score 0.7, three points. Else low, and always low where
/// neither end is of the local networks. Data size is evidence, never required.
///
/// *What is not.* Group addresses; DNS (names are another detector's); the housekeeping of a
/// network (NTP in the shape of NTP anywhere; DHCP, NetBIOS, SSDP, mDNS, LLMNR, WS-Discovery to
/// private addresses). An implant that sends packets of 48 bytes to port 123 hides in that. A
/// program that polls an outside server by TLS with a name, on 443, with requests of one size, is
/// medium, honest or not: that is for a list of the site's own programs to say.
///
/// *Measured* (`BeaconRatesTest`, 400 series a cell, sleep of 60 s): share found, in percent, by
/// beats.
///
/// | beats              |   8 |  10 |  15 |  20 |  40 | 100 | 256 |
/// |--------------------|----:|----:|----:|----:|----:|----:|----:|
/// | sleep ±0, ±10 %    | 100 | 100 | 100 | 100 | 100 | 100 | 100 |
/// | sleep ±20 %        |  73 | 100 | 100 | 100 | 100 | 100 | 100 |
/// | sleep ±30 %        |  14 |  82 | 100 | 100 | 100 | 100 | 100 |
/// | sleep ±50 %        |   2 |   8 |  77 | 100 | 100 | 100 | 100 |
/// | sleep ±70 %        |   0 |   1 |  12 |  47 | 100 | 100 | 100 |
/// | sleep ±90 %        |   0 |   1 |   3 |   8 |  29 |  12 |   7 |
/// | clock ±10 %        |  97 | 100 | 100 | 100 | 100 | 100 | 100 |
/// | clock ±30 %        |   3 |  16 |  92 | 100 | 100 | 100 | 100 |
/// | ±10 %, 10 % missed |  78 |  91 | 100 | 100 | 100 | 100 | 100 |
/// | ±10 %, 30 % missed |  36 |  58 |  89 |  97 |  99 | 100 | 100 |
/// | ±10 %, 50 % missed |  19 |  30 |  58 |  77 |  93 |  98 | 100 |
/// | ±30 %, 30 % missed |   6 |   8 |  25 |  38 |  80 |  98 |  99 |
///
/// Found by mistake, in 10,000 series: memoryless 0 to 1 at any length; log-normal gaps of σ = 1.2
/// 0 to 1, of σ = 0.8, which are twice as regular, 0 to 13; two days of browsing 0. A sleep of ±90
/// % takes some two hundred beats ([Bounds]), and its score is halved where sizes differ, too.
public final class Beacons implements Detector<Beats> {

    private static final String NAME = "beacons";

    private static final int MIN_BEATS = Rhythm.MIN_GAPS + 2;
    private static final int MAX_HOST = 255; // RFC 1035 §2.3.4; what is longer is no name
    private static final long FORGET =
            6L * 24 * 3600 * 1_000_000_000; // silence, ns; the packed beats reach no further

    private static final int NTP = 123;
    private static final int NTP_SHORTEST = 48; // RFC 5905 §7.3
    private static final int NTP_LONGEST = 120; // with two extension fields and a digest

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "calls to the same place on a schedule";
    }

    @Override
    public Class<Beats> stateType() {
        return Beats.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Http.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn) {
            keys(conn, sink);
        } else if (input instanceof Http http) {
            String host = serverName(http.host());
            if (host == null) {
                sink.add(http.id().orig_h(), http.id().resp_h(), http.id().resp_p(), "http");
            } else {
                sink.add(http.id().orig_h(), Key.NOBODY, http.id().resp_p(), host);
            }
        }
    }

    private static void keys(Conn conn, Keys sink) {
        Addr resp = conn.id().resp_h();
        if (resp.isGroupOrNobody()
                || !conn.proto().equals("tcp") && !conn.proto().equals("udp")
                || speaks(conn.service(), "http") // its requests speak for it
                || isHousekeeping(conn)) {
            return;
        }
        String name = "sni".equals(conn.name_source()) ? serverName(conn.resp_name()) : null;
        if (name == null) {
            sink.add(conn.id().orig_h(), resp, conn.id().resp_p(), conn.proto());
        } else {
            sink.add(conn.id().orig_h(), Key.NOBODY, conn.id().resp_p(), name);
        }
    }

    /// A name that the client gave; null for none, for a bare address, for what cannot be a name.
    private static @Nullable String serverName(@Nullable String text) {
        if (text == null
                || text.isEmpty()
                || text.length() > MAX_HOST
                || Character.digit(text.charAt(0), 16) >= 0 && isAddress(text)) {
            return null;
        }
        return text;
    }

    private static boolean isAddress(String text) {
        int colon = text.indexOf(':');
        boolean port = colon > 0 && colon == text.lastIndexOf(':');
        return Addr.parse(port ? text.substring(0, colon) : text) != null;
    }

    private static boolean isHousekeeping(Conn conn) {
        if (speaks(conn.service(), "dns")) {
            return true;
        }
        if (!conn.proto().equals("udp")) {
            return false;
        }
        return switch (conn.id().resp_p()) {
            case NTP ->
                    isNtp(conn.orig_bytes(), conn.orig_pkts())
                            && isNtp(conn.resp_bytes(), conn.resp_pkts());
            // bootps, bootpc, netbios-ns, netbios-dgm, dhcpv6, ssdp, ws-discovery, mdns, llmnr
            case 67, 68, 137, 138, 546, 547, 1900, 3702, 5353, 5355 ->
                    conn.id().resp_h().isPrivate();
            default -> false;
        };
    }

    private static boolean isNtp(@Nullable Long bytes, long packets) {
        if (bytes == null || packets == 0) {
            return true;
        }
        long mean = bytes / packets;
        return mean >= NTP_SHORTEST && mean <= NTP_LONGEST;
    }

    private static boolean speaks(@Nullable String services, String service) {
        if (services == null) {
            return false;
        }
        int at = services.indexOf(service);
        return at >= 0
                && (at == 0 || services.charAt(at - 1) == ',')
                && (at + service.length() == services.length()
                        || services.charAt(at + service.length()) == ',');
    }

    @Override
    public @Nullable Beats on(Event input, @Nullable Beats state, Turn<Finding> turn) {
        if (state == null) {
            return input instanceof Conn conn
                    ? Beats.once(conn.ts(), sent(conn))
                    : Beats.once(input.ts(), sent((Http) input));
        }
        Beats next = Track.with(state, beat(input));
        if (next.track().isEmpty()) {
            return next;
        }
        Track track = next.track().getFirst();
        if (state.track().isEmpty()) {
            turn.wakeAt(track.last() + FORGET);
        }
        return next != state && isDue(track) ? judge(turn.key(), next, track, turn, false) : next;
    }

    /// Judged at 8 beats, at a half more each time, and, once the oldest are dropped, each time
    /// they are twice as many.
    private static boolean isDue(Track track) {
        if (track.total() < MIN_BEATS) {
            return false;
        }
        int before = track.judged();
        return track.total() >= (before < Track.MAX_BEATS ? before + before / 2 : 2 * before);
    }

    private static long sent(Conn conn) {
        return conn.origPayload();
    }

    private static long sent(Http http) {
        String uri = http.uri();
        return http.request_body_len() + (uri == null ? 0 : uri.length());
    }

    private static Track.Beat beat(Event input) {
        if (input instanceof Conn conn) {
            Addr resp = conn.id().resp_h();
            return new Track.Beat(
                    conn.ts(),
                    sent(conn),
                    conn.respPayload(),
                    conn.uid(),
                    resp,
                    conn.service(),
                    conn.local_orig() || conn.id().orig_h().isPrivate(),
                    !conn.local_resp() && !resp.isPrivate());
        }
        Http http = (Http) input;
        Addr resp = http.id().resp_h();
        return new Track.Beat(
                http.ts(),
                sent(http),
                http.status_code() == null ? 0 : Math.max(1, http.response_body_len()),
                http.uid(),
                resp,
                "http",
                http.id().orig_h().isPrivate(),
                !resp.isPrivate());
    }

    @Override
    public @Nullable Beats wake(Beats state, Turn<Finding> turn) {
        Track track = state.track().getFirst();
        if (track.last() + FORGET <= turn.now()) {
            end(state, turn);
            return null;
        }
        turn.wakeAt(track.last() + FORGET);
        return state;
    }

    @Override
    public void end(Beats state, Turn<Finding> turn) {
        if (state.track().isEmpty()) {
            return;
        }
        Track track = state.track().getFirst();
        if (track.total() >= MIN_BEATS && track.judgement().isMore(track.total())) {
            judge(turn.key(), state, track, turn, true);
        }
    }

    /// Judges, and says so if it is news: the first time, a higher severity, a confidence that
    /// changed by a twentieth, or the last word about more beats than before.
    private Beats judge(Key key, Beats state, Track track, Turn<Finding> turn, boolean last) {
        Judgement judgement = Judgement.of(key, state, track);
        Said said = track.judgement();
        if (judgement.isBeacon()) {
            boolean news =
                    said.revision() == 0
                            || judgement.severity().compareTo(said.severity()) > 0
                            || Math.abs(judgement.confidence() - said.confidence()) >= 0.05;
            if (news || last) {
                turn.emit(judgement.finding(draft(turn, said)));
                said = said.next(judgement.severity(), judgement.confidence(), track.total());
            }
        }
        return new Beats(state.first(), state.size(), List.of(track.judged(said)));
    }

    @Override
    public List<Fact> explain(Key key, Beats state) {
        if (state.track().isEmpty()) {
            return List.of(
                    Fact.of("verdict", "one beat has no rhythm"),
                    Fact.of("beats", 1),
                    Fact.of("beats_needed", MIN_BEATS));
        }
        List<Fact> facts = new ArrayList<>();
        Track track = state.track().getFirst();
        Judgement judgement = Judgement.of(key, state, track);
        facts.add(Fact.of("verdict", judgement.verdict(MIN_BEATS)));
        facts.addAll(judgement.facts());
        facts.add(Fact.of("beats_needed", MIN_BEATS));
        facts.addAll(Judgement.needed());
        facts.add(Fact.of("gaps_seconds", track.gaps()));
        return facts;
    }
}
