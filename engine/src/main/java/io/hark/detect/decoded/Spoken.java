package io.hark.detect.decoded;

import io.hark.Gathering;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was read of a conversation so far: how much of it, the first orders, what orders mean, what
/// left. Every list is bounded.
///
/// @param family the program that talks
/// @param decoder who reads it
/// @param id the connection it began on
/// @param operator which end of that the operator is at; null where that is not known
/// @param layers what the first word was wrapped in, outermost first
/// @param secret the secret that opened something of it; empty for none
/// @param profile what the implant said of its host
/// @param certain whether real captures verify that such words are read rightly, or a secret opened
///   one
/// @param ordersCertain whether that is so of an order
/// @param orders what the operator asked for
/// @param answers what the implant answered or sent
/// @param calls what the implant said beside that: greetings, check-ins, tunnels
/// @param nods what the operator said to that
/// @param asked the first orders
/// @param aims what orders mean, and what was sent
/// @param loot what left
/// @param span when, and in which connections
/// @param said what was said
public record Spoken(
        String family,
        String decoder,
        Endpoints id,
        @Nullable Side operator,
        List<String> layers,
        String secret,
        String profile,
        boolean certain,
        boolean ordersCertain,
        long orders,
        long answers,
        long calls,
        long nods,
        List<Line> asked,
        List<Aim> aims,
        List<Loot> loot,
        Span span,
        Said said)
        implements Gathering.Gathered {

    private static final int MAX_ASKED = 8; // a screen; the transcript has all
    private static final int MAX_AIMS = 24; // the table has some fifty techniques
    private static final int MAX_WORDS = 4; // orders named as examples of one
    private static final int MAX_LOOT = 12; // sorts: the vocabulary has no more that leave
    private static final int MAX_LINE = 100; // characters of an order
    private static final int MAX_PROFILE = 160; // characters of what the implant says of its host

    /// What the operator does with the implant, by type; the others keep the channel up.
    private static final Set<String> ORDERS =
            Set.of(
                    "shell",
                    "file_transfer",
                    "filesystem",
                    "process",
                    "monitor",
                    "registry",
                    "network",
                    "service",
                    "database");

    /// Of no meaning by itself: what could not be read.
    private static final String UNREAD = "unknown";

    /// An order.
    ///
    /// @param ts when
    /// @param text its beginning
    /// @param technique what it means, empty where nothing is known
    public record Line(long ts, String text, String technique) implements Stored {}

    /// What was aimed at.
    ///
    /// @param technique of ATT&CK
    /// @param tactic what for
    /// @param count how many orders
    /// @param words the first of them
    public record Aim(String technique, String tactic, long count, List<String> words)
            implements Stored {}

    /// What left the implant's host.
    ///
    /// @param what a type and subtype of messages
    /// @param count messages
    /// @param bytes octets, as far as they are told
    public record Loot(String what, long count, long bytes) implements Stored {}

    /// Begins with a first message.
    static Spoken of(Message first) {
        return new Spoken(
                first.family(),
                first.decoder(),
                first.id(),
                first.operator(),
                first.layers(),
                "",
                "",
                false,
                false,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Span.NONE,
                Said.NOTHING);
    }

    /// Messages that were read.
    long read() {
        return orders + answers + calls + nods;
    }

    /// Whether both sides were heard.
    boolean isAnswered() {
        return answers + calls > 0 && orders + nods > 0;
    }

    /// Who is operated.
    Addr implant() {
        return id.host(operator == null ? Side.ORIGINATOR : operator.other());
    }

    /// Who operates.
    Addr controller() {
        return id.host(operator == null ? Side.RESPONDER : operator);
    }

    /// With another word said of it.
    Spoken with(Said now) {
        return new Spoken(
                family,
                decoder,
                id,
                operator,
                layers,
                secret,
                profile,
                certain,
                ordersCertain,
                orders,
                answers,
                calls,
                nods,
                asked,
                aims,
                loot,
                span,
                now);
    }

    /// With one message more.
    Spoken with(Message m) {
        boolean read = !m.type().equals(UNREAD);
        boolean order = m.side() == Speaker.OPERATOR && ORDERS.contains(m.type());
        boolean answer = m.side() == Speaker.IMPLANT && ORDERS.contains(m.type());
        boolean other = read && !order && !answer;
        boolean sure = m.verified() || m.secret() != null;
        boolean tells = order || answer && !m.type().equals("shell") || m.type().equals("proxy");
        List<Meaning> meanings = tells ? Meaning.of(m) : List.of();
        String line = tells ? cut(m.text(), MAX_LINE) : "";
        boolean known = operator != null || m.operator() == null;
        boolean greets = profile.isEmpty() && m.type().equals("sysinfo");
        return new Spoken(
                family,
                decoder,
                known ? id : m.id(),
                known ? operator : m.operator(),
                layers,
                secret.isEmpty() && m.secret() != null ? m.secret() : secret,
                greets && m.side() == Speaker.IMPLANT ? cut(m.text(), MAX_PROFILE) : profile,
                certain || read && sure,
                ordersCertain || order && sure,
                orders + (order ? 1 : 0),
                answers + (answer ? 1 : 0),
                calls + (other && m.side() == Speaker.IMPLANT ? 1 : 0),
                nods + (other && m.side() != Speaker.IMPLANT ? 1 : 0),
                order ? withLine(new Line(m.ts(), line, technique(meanings))) : asked,
                withAims(meanings, line, order),
                answer ? withLoot(m) : loot,
                span.with(m.ts(), m.uid()),
                said);
    }

    /// The most telling: the last is the command's where there is one, before it stands what kind
    /// of message it is.
    private static String technique(List<Meaning> meanings) {
        return meanings.isEmpty() ? "" : meanings.getLast().technique();
    }

    private List<Line> withLine(Line line) {
        if (asked.size() >= MAX_ASKED) {
            return asked;
        }
        List<Line> more = new ArrayList<>(asked);
        more.add(line);
        return List.copyOf(more);
    }

    private List<Aim> withAims(List<Meaning> meanings, String line, boolean order) {
        if (meanings.isEmpty()) {
            return aims;
        }
        List<Aim> more = new ArrayList<>(aims);
        for (Meaning meaning : meanings) {
            int at = 0;
            while (at < more.size() && !more.get(at).technique.equals(meaning.technique())) {
                at++;
            }
            if (at < more.size() && !order) {
                continue; // what was sent for it, or the same tunnel again
            } else if (at < more.size()) {
                Aim old = more.get(at);
                more.set(
                        at,
                        new Aim(old.technique, old.tactic, old.count + 1, words(old.words, line)));
            } else if (at < MAX_AIMS) {
                more.add(new Aim(meaning.technique(), meaning.tactic(), 1, words(List.of(), line)));
            }
        }
        return List.copyOf(more);
    }

    private static List<String> words(List<String> words, String line) {
        if (words.size() >= MAX_WORDS || words.contains(line)) {
            return words;
        }
        List<String> more = new ArrayList<>(words);
        more.add(line);
        return List.copyOf(more);
    }

    private List<Loot> withLoot(Message m) {
        String subtype = m.subtype();
        String what = m.type() + (subtype == null ? "" : " " + subtype);
        List<Loot> more = new ArrayList<>(loot);
        for (int at = 0; at < more.size(); at++) {
            Loot old = more.get(at);
            if (old.what.equals(what)) {
                more.set(at, new Loot(what, old.count + 1, old.bytes + octets(m)));
                return List.copyOf(more);
            }
        }
        if (more.size() < MAX_LOOT) {
            more.add(new Loot(what, 1, octets(m)));
        }
        return List.copyOf(more);
    }

    private static long octets(Message m) {
        for (Fact fact : m.fields()) {
            Double number = fact.number();
            if (number != null && fact.name().equals("bytes")) {
                return number.longValue();
            }
        }
        return m.text().length();
    }

    private static String cut(String text, int max) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= max ? line : line.substring(0, max) + "…";
    }
}
