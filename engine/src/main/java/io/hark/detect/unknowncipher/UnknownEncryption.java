package io.hark.detect.unknowncipher;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds connections to a nameless place outside whose first bytes, both ways, look like noise: no
/// protocol is known that begins so, for even encrypted ones begin with a handshake in the clear.
///
/// Low, medium where a port at which TLS is expected has it time and again ([Floors#many]): what
/// hides among TLS does not want to be looked at. Messengers and games with ciphers of their own do
/// both, and so does file sharing.
///
/// *What it cannot see.* Channels that imitate a handshake; UDP, where noise is everyday. *Source*:
/// the rules by which a great firewall was found to pick such traffic, Wu et al. (USENIX Security
/// 2023): set bits a byte away from 3.4 to 4.6 or much of it printable is exempt.
public final class UnknownEncryption implements Gathering<UnknownEncryption.Noise>, Engaged {

    /// Connections of one host to one place that look so.
    public record Noise(long up, long down, Span span, Said said) implements Gathered {}

    /// What noise looks like.
    ///
    /// @param leastBits set bits a byte, at least
    /// @param mostBits at most
    /// @param printable share of printable bytes, at most
    /// @param entropy share of the entropy that so many bytes can have, at least
    /// @param first bytes of the first payload that say anything
    /// @param bytes both ways
    /// @param many connections until it is a habit
    public record Floors(
            double leastBits,
            double mostBits,
            double printable,
            double entropy,
            int first,
            long bytes,
            int many) {

        /// The usual ones: bits and printable as the source has them.
        public static final Floors USUAL = new Floors(3.4, 4.6, 0.5, 0.88, 48, 2_000, 8);
    }

    private static final int BITS = 8; // the entropy of a byte is at most so many

    private static final Set<Integer> TLS_PORTS = Set.of(443, 465, 853, 993, 995, 8443);

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public UnknownEncryption() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private UnknownEncryption(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new UnknownEncryption(floors, engagement);
    }

    @Override
    public String name() {
        return "unknown-encryption";
    }

    @Override
    public String about() {
        return "traffic encrypted by no known protocol, to nameless places";
    }

    @Override
    public Class<Noise> stateType() {
        return Noise.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn
                && conn.service() == null
                && conn.resp_name() == null
                && conn.proto().equals("tcp")
                && engagement.isLocal(conn.id().orig_h())
                && !engagement.isLocal(conn.id().resp_h())
                && isWhole(conn)
                && isNoise(
                        conn.orig_entropy(),
                        conn.orig_printable(),
                        conn.orig_set_bits(),
                        conn,
                        true)
                && isNoise(
                        conn.resp_entropy(),
                        conn.resp_printable(),
                        conn.resp_set_bits(),
                        conn,
                        false)
                && !engagement.isAllowed(
                        conn.id().orig_h(), conn.id().resp_h(), conn.id().resp_p(), null)) {
            sink.add(conn.id().orig_h(), conn.id().resp_h(), conn.id().resp_p(), "noise");
        }
    }

    /// Whether its beginning was seen, and it is more than a few words.
    private boolean isWhole(Conn conn) {
        String history = conn.history();
        return history != null
                && history.startsWith("S")
                && conn.missed_bytes() == 0
                && conn.origPayload() + conn.respPayload() >= floors.bytes;
    }

    private boolean isNoise(
            @Nullable Double entropy,
            @Nullable Double printable,
            @Nullable Double bits,
            Conn conn,
            boolean isOrig) {
        if (entropy == null || printable == null || bits == null) {
            return false;
        }
        long length = first(conn.payload_lens(), isOrig);
        double most = Math.min(BITS, Math.log(length) / Math.log(2));
        return length >= floors.first
                && bits > floors.leastBits
                && bits < floors.mostBits
                && printable <= floors.printable
                && entropy >= floors.entropy * most;
    }

    /// Bytes of the first payload of a side; the responder's lengths are negative.
    private static long first(long[] lens, boolean isOrig) {
        for (long length : lens) {
            if (length > 0 == isOrig) {
                return Math.abs(length);
            }
        }
        return 0;
    }

    @Override
    public @Nullable Noise gather(Key key, Event input, @Nullable Noise state) {
        Conn conn = (Conn) input;
        return new Noise(
                (state == null ? 0 : state.up) + conn.origPayload(),
                (state == null ? 0 : state.down) + conn.respPayload(),
                (state == null ? Span.NONE : state.span).with(conn.ts(), conn.uid()),
                state == null ? Said.NOTHING : state.said);
    }

    @Override
    public Noise with(Noise state, Said said) {
        return new Noise(state.up, state.down, state.span, said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Noise state) {
        boolean isHidden = TLS_PORTS.contains(key.port()) && state.span.count() >= floors.many;
        return Optional.of(
                new Verdict(
                        isHidden ? Severity.MEDIUM : Severity.LOW,
                        isHidden ? 0.5 : 0.3,
                        state.span.count()));
    }

    @Override
    public void tell(Key key, Noise state, FindingDraft draft) {
        boolean odd = !TLS_PORTS.contains(key.port());
        draft.title("%s speaks an unknown cipher to %s port %d", key.host(), key.peer(), key.port())
                .why(
                        "%,d connections began with noise both ways, without a handshake of any known protocol:"
                                + " %,d bytes sent, %,d received, and %s has no name.",
                        state.span.count(), state.up, state.down, key.peer())
                .techniques(
                        odd
                                ? List.of("T1573", "T1095", "T1571")
                                : List.of("T1573", "T1001.003", "T1095"))
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Noise state) {
        return List.of(
                Fact.of("connections", state.span.count()),
                Fact.of("up_bytes", state.up),
                Fact.of("down_bytes", state.down));
    }
}
