package io.hark.bench;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.util.Base64;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Connections of a site over days, made from a seed: some hosts and places are much busier than
/// others, nights are quieter than days, every connection has an id of its own. They come in the
/// order of their ends, as from a sensor.
///
/// *Thread*: one owner.
final class Month {

    /// When it begins: 2026-10-01.
    static final long START = 1_790_812_800_000_000_000L;

    private static final int HOSTS = 5_000;
    private static final int PLACES = 200_000;
    private static final int INSIDE = 10 << 24;
    private static final int OUTSIDE = 20 << 24;
    private static final int ODD = 0x9e3779b1; // spreads places over the address space
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int UID_DIGITS = 17;
    private static final int COMMUNITY_BYTES = 20;
    private static final double SWING = 0.8; // of the rate between noon and midnight
    private static final double MEAN_SECONDS = 12; // of a connection of TCP
    private static final long[] NONE = {};
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final SplittableRandom random = new SplittableRandom(1);
    private final double step;
    private final long end;
    private long at;

    /// What is done at a port.
    private record Trade(
            String proto, int port, @Nullable String service, int segments, boolean isOutside) {

        boolean isTcp() {
            return proto.equals("tcp");
        }
    }

    private static final Trade[] TRADES = { // the frequent ones stand several times
        new Trade("tcp", 443, "ssl", 9, true),
        new Trade("tcp", 443, "ssl", 14, true),
        new Trade("tcp", 443, "ssl", 22, true),
        new Trade("udp", 443, "quic", 16, true),
        new Trade("udp", 53, "dns", 2, false),
        new Trade("udp", 53, "dns", 2, false),
        new Trade("udp", 53, "dns", 2, false),
        new Trade("tcp", 80, "http", 4, true),
        new Trade("tcp", 445, "smb", 12, false),
        new Trade("udp", 123, "ntp", 2, false),
        new Trade("tcp", 22, "ssh", 20, false),
        new Trade("tcp", 8080, null, 0, false)
    };

    /// @param rows about how many in all
    /// @param days over how many days
    Month(long rows, int days) {
        this.end = days * DAY;
        this.step = (double) end / rows;
    }

    /// The next connection; null behind the last.
    @Nullable Conn next() {
        double hour = (double) (at % DAY) / DAY;
        at += (long) (step / (1 - SWING * Math.cos(2 * Math.PI * hour)));
        return at >= end ? null : conn();
    }

    private Conn conn() {
        Trade trade = TRADES[random.nextInt(TRADES.length)];
        int host = skewed(HOSTS);
        int place = trade.isOutside ? skewed(PLACES) : skewed(HOSTS / 10);
        Endpoints id =
                new Endpoints(
                        Addr.v4(INSIDE + host),
                        1024 + random.nextInt(64_512),
                        Addr.v4(trade.isOutside ? OUTSIDE + (place * ODD >>> 2) : INSIDE + place),
                        trade.port);
        boolean answered = trade.segments > 0;
        long lasted =
                !answered
                        ? 0
                        : trade.isTcp()
                                ? (long) (-Math.log(random.nextDouble()) * MEAN_SECONDS * SECOND)
                                : random.nextInt(80_000_000);
        long[] lengths = new long[Math.min(trade.segments, 4 + random.nextInt(29))];
        long[] gaps = new long[lengths.length];
        long up = 0;
        long down = 0;
        for (int i = 0; i < lengths.length; i++) {
            boolean isUp = i % 2 == 0;
            long length = isUp ? 80 + random.nextInt(600) : 120 + random.nextInt(1328);
            lengths[i] = isUp ? length : -length;
            gaps[i] = i == 0 ? 0 : random.nextInt(40_000_000);
            up += isUp ? length : 0;
            down += isUp ? 0 : length;
        }
        long more = trade.isTcp() && answered ? (long) Math.exp(random.nextDouble() * 14) : 0;
        long upPackets = 3 + lengths.length / 2 + more / 2800;
        long downPackets = answered ? 2 + lengths.length / 2 + more / 1400 : 0;
        return new Conn(
                START + Math.max(0, at - lasted),
                START + at,
                uid(),
                id,
                trade.proto,
                trade.service,
                answered ? lasted : null,
                answered ? up : null,
                answered ? down + more : null,
                answered ? "SF" : "S0",
                true,
                !trade.isOutside,
                0,
                !trade.isTcp() ? "Dd" : answered ? "ShADadFf" : "S",
                upPackets,
                up + 40 * upPackets,
                downPackets,
                down + more + 40 * downPackets,
                null,
                trade.isTcp() ? 6 : 17,
                community(),
                0x0200_0000_0000L + host,
                0x0200_0000_0001L,
                10 + host % 12,
                null,
                trade.isOutside ? name(place) : null,
                trade.isOutside ? "dns" : null,
                null,
                0,
                answered ? lengths : NONE,
                answered ? gaps : NONE,
                answered ? 4 + random.nextDouble() * 4 : null,
                answered ? 4 + random.nextDouble() * 4 : null,
                answered ? random.nextDouble() : null,
                answered ? random.nextDouble() : null,
                answered ? 3 + random.nextDouble() : null,
                answered ? 3 + random.nextDouble() : null,
                64 - host % 3,
                answered ? 48 + place % 16 : null,
                answered ? 1_000_000L + random.nextInt(90_000_000) : null,
                up + 54 * upPackets,
                down + more + 54 * downPackets,
                trade.isTcp() ? 0x1b : null,
                trade.isTcp() && answered ? 0x1b : null,
                null,
                null);
    }

    /// One of `most`, the first ones far more often.
    private int skewed(int most) {
        return (int) (Math.pow(most, random.nextDouble()) - 1);
    }

    /// What a place is called.
    static String name(int place) {
        return "www" + place % 7 + ".site-" + Integer.toString(place, 36) + ".example";
    }

    private String uid() {
        char[] uid = new char[UID_DIGITS + 1];
        uid[0] = 'C';
        for (int i = 1; i <= UID_DIGITS; i++) {
            uid[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(uid);
    }

    private String community() {
        byte[] octets = new byte[COMMUNITY_BYTES];
        random.nextBytes(octets);
        return "1:" + BASE64.encodeToString(octets);
    }
}
