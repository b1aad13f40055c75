package io.hark.detect.middle;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Neighbor;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds addresses that two network cards claim in turn: ARP or neighbour discovery forged to lead
/// traffic through another host.
///
/// An address moves when a machine is replaced or a cluster fails over: once, and it stays. It is
/// found when the first card claims it again within [#WHILE] after another one did, or both do
/// within one minute, and answers that nobody asked for were among the claims: medium; with
/// [#INSISTS] such answers, high. Virtual cards of VRRP and HSRP are none.
///
/// *What it needs*: a capture in the same network. *Source*: RFC 826, RFC 4861, RFC 5798; ATT&CK
/// T1557.002.
public final class ForgedNeighbor implements Detector<ForgedNeighbor.Claims> {

    private static final long WHILE = 600L * 1_000_000_000; // ns; ARP caches hold for minutes
    private static final int INSISTS = 10;
    private static final long VRRP = 0x00_00_5e_00L; // the first four octets
    private static final long HSRP = 0x00_00_0c_07L;

    /// Who claimed an address.
    ///
    /// @param first card that did
    /// @param other the latest different one; null for none
    /// @param otherAt when that one claimed it last, nanoseconds
    /// @param unasked answers and announcements of the other one that nobody asked for
    /// @param victim whom the other one told last
    public record Claims(
            long first,
            @Nullable Long other,
            long otherAt,
            long unasked,
            Addr victim,
            long began,
            Said said)
            implements Stored {}

    @Override
    public String name() {
        return "forged-neighbor";
    }

    @Override
    public String about() {
        return "addresses that two network cards claim in turn";
    }

    @Override
    public Class<Claims> stateType() {
        return Claims.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Neighbor.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Neighbor neighbor
                && neighbor.orig_l2_addr() != null
                && !neighbor.orig_h().isGroupOrNobody()
                && neighbor.replies() + neighbor.announcements() + neighbor.requests() > 0) {
            int vlan = neighbor.vlan() == null ? 0 : neighbor.vlan();
            sink.add(neighbor.orig_h(), Key.NOBODY, vlan, neighbor.proto());
        }
    }

    @Override
    public @Nullable Claims on(Event input, @Nullable Claims state, Turn<Finding> turn) {
        Neighbor claim = (Neighbor) input;
        Long card = claim.orig_l2_addr();
        if (card == null || isVirtual(card)) {
            return state;
        }
        if (state == null) {
            Claims fresh = new Claims(card, null, 0, 0, claim.resp_h(), claim.ts(), Said.NOTHING);
            Long second = claim.other_l2_addr();
            return second == null || isVirtual(second)
                    ? fresh
                    : judged(other(fresh, claim, second), claim, turn);
        }
        if (card != state.first) {
            return other(state, claim, card);
        }
        Long second = claim.other_l2_addr();
        Claims claims = second == null ? state : other(state, claim, second);
        return judged(claims, claim, turn);
    }

    private static Claims other(Claims claims, Neighbor claim, long card) {
        return new Claims(
                claims.first,
                card,
                claim.ts(),
                claims.unasked + claim.unasked() + claim.announcements(),
                claim.resp_h(),
                claims.began,
                claims.said);
    }

    private Claims judged(Claims claims, Neighbor claim, Turn<Finding> turn) {
        Long other = claims.other;
        if (other == null || claim.ts() - claims.otherAt > WHILE || claims.unasked == 0) {
            return claims;
        }
        Severity severity = claims.unasked >= INSISTS ? HIGH : MEDIUM;
        if (!claims.said.isNews(severity, claims.unasked)) {
            return claims;
        }
        Addr address = turn.key().host();
        turn.emit(
                draft(turn, claims.said)
                        .title("%s is claimed by two network cards in turn", address)
                        .why(
                                "%s belongs to %s; %s claims it too, with %d answers or announcements that nobody asked for.",
                                address, card(claims.first), card(other), claims.unasked)
                        .weight(severity, severity == HIGH ? 0.85 : 0.6)
                        .techniques("T1557.002")
                        .between(address, claims.victim, null)
                        .during(claims.began, claim.ts())
                        .fact("first_card", card(claims.first))
                        .fact("other_card", card(other))
                        .fact("unasked", claims.unasked)
                        .build());
        return new Claims(
                claims.first,
                claims.other,
                claims.otherAt,
                claims.unasked,
                claims.victim,
                claims.began,
                claims.said.next(severity, 0.7, claims.unasked));
    }

    private static boolean isVirtual(long card) {
        return card >>> 16 == VRRP || card >>> 16 == HSRP;
    }

    private static String card(long card) {
        return HexFormat.ofDelimiter(":").formatHex(octets(card));
    }

    private static byte[] octets(long card) {
        byte[] octets = new byte[6];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (card >>> 8 * (octets.length - 1 - i));
        }
        return octets;
    }

    @Override
    public List<Fact> explain(Key key, Claims state) {
        return List.of(
                Fact.of("first_card", card(state.first)),
                Fact.of("unasked", state.unasked),
                Fact.of("revision", state.said.revision()));
    }
}
