package io.hark.decode.irc;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Delimiter;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bots that take orders over IRC.
///
/// IRC as such is no conversation of an adversary: every connection is read, and nothing of it is
/// said until somebody gives an order ([BotOrder]) in a channel's topic, to a channel or to a nick.
/// From there on what is said in that place is told, too: orders by the operator, what the
/// connection's own client answers by the implant, and others as unknown.
///
/// *Key*: the connection. *Source*: RFC 1459 §2.3; of the orders, see [BotOrder].
public final class IrcBots implements StreamDecoder<IrcBots.Session> {

    private static final Framing LINES = new Delimiter("\n");
    private static final int MAX_LINE = 1 << 14; // octets, as the parser of IRC has it
    private static final int MAX_PARAMETERS = 15; // RFC 1459 §2.3
    private static final int MAX_PLACES = 16; // channels and nicks where orders were given
    private static final int MAX_OPERATORS = 64; // nicks
    private static final String TOPIC_REPLY = "332"; // the reply that tells a channel's topic
    private static final String ACTION = "\u0001";

    /// What is known of one connection.
    ///
    /// @param frames octets that make no line yet
    /// @param nick the client's; empty before it said one
    /// @param announced whether the client was told of
    /// @param places channels and nicks where orders were given, in lower case
    /// @param operators who gave them, in lower case
    public record Session(
            FrameState frames,
            String nick,
            boolean announced,
            List<String> places,
            List<String> operators)
            implements Stored {

        static final Session NEW = new Session(FrameState.START, "", false, List.of(), List.of());

        /// Keeps its own copies.
        public Session {
            places = List.copyOf(places);
            operators = List.copyOf(operators);
        }

        Session with(FrameState rest) {
            return new Session(rest, nick, announced, places, operators);
        }

        Session called(String fresh) {
            return new Session(frames, fresh, announced, places, operators);
        }

        Session ordered(String place, String by) {
            return new Session(
                    frames,
                    nick,
                    true,
                    with(places, place, MAX_PLACES),
                    with(operators, by, MAX_OPERATORS));
        }

        private static List<String> with(List<String> known, String one, int most) {
            if (one.isEmpty() || known.contains(one) || known.size() == most) {
                return known;
            }
            List<String> more = new ArrayList<>(known);
            more.add(one);
            return more;
        }
    }

    /// Something said.
    ///
    /// @param by the nick that said it; empty where the line names none
    /// @param place the channel or nick that it was said to, in lower case
    private record Said(String by, String place, String text) {}

    @Override
    public String name() {
        return "irc-bot";
    }

    @Override
    public String about() {
        return "bots that take orders over IRC: SDBot and its kin, Kaiten, Perl bots";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("SDBot", "rBot", "Agobot", "Kaiten", "Perl bots"),
                Set.of(Carrier.IRC),
                Set.of(),
                "everything, from the first order on",
                "",
                false);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    /// Every connection of IRC: an order may come after hours of silence, and what is no bot's is
    /// never told.
    @Override
    public int taste(StreamStart start) {
        return Verdict.YES;
    }

    @Override
    public Session read(StreamPiece piece, @Nullable Session state, Conversation turn) {
        Session now = state == null ? Session.NEW : state;
        Voice voice = Voice.of(this, turn, piece, "tcp", "irc");
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_LINE);
        for (Frame line : reader.all(LINES)) {
            now = line(line, now, voice);
        }
        return now.with(reader.state());
    }

    private static Session line(Frame line, Session before, Voice voice) {
        String text = line.text(StandardCharsets.UTF_8).strip();
        boolean ours = line.side() == Side.ORIGINATOR;
        String prefix = "";
        if (text.startsWith("@")) {
            text = behindWord(text);
        }
        if (text.startsWith(":")) {
            int end = text.indexOf(' ');
            prefix = end < 0 ? text.substring(1) : text.substring(1, end);
            text = behindWord(text);
        }
        List<String> words = words(text);
        if (words.size() < 2) {
            return before;
        }
        String by = ours ? before.nick : nick(prefix);
        String command = words.getFirst().toUpperCase(Locale.ROOT);
        Said said =
                switch (command) {
                    case "PRIVMSG", "NOTICE", "TOPIC" -> said(by, words, 2);
                    case TOPIC_REPLY -> said("", words.subList(1, words.size()), 2);
                    default -> null;
                };
        if (said != null) {
            return said(line, ours, said, before, voice);
        }
        return ours && command.equals("NICK") ? before.called(words.get(1)) : before;
    }

    private static @Nullable Said said(String by, List<String> words, int text) {
        return words.size() <= text
                ? null
                : new Said(by, words.get(1).toLowerCase(Locale.ROOT), words.get(text));
    }

    private static Session said(Frame line, boolean ours, Said said, Session before, Voice voice) {
        BotOrder order = said.text.startsWith(ACTION) ? null : BotOrder.of(said.text);
        if (order != null) {
            return order(line, said, order, before, voice);
        }
        String by = said.by.toLowerCase(Locale.ROOT);
        boolean answers = before.operators.contains(said.place) || before.places.contains(by);
        if (before.places.contains(said.place) || answers) {
            Speaker side =
                    before.operators.contains(by)
                            ? Speaker.OPERATOR
                            : ours ? Speaker.IMPLANT : Speaker.UNKNOWN;
            voice.say(line.ts(), side, Topic.TEXT, said.text, facts(said));
        }
        return before;
    }

    private static Session order(
            Frame line, Said said, BotOrder order, Session before, Voice voice) {
        if (!before.announced && !before.nick.isEmpty()) {
            voice.say(
                    line.ts(),
                    Speaker.UNKNOWN,
                    Topic.SYSINFO,
                    "the client calls itself " + before.nick,
                    Fact.of("nick", before.nick));
        }
        List<Fact> facts = new ArrayList<>(facts(said));
        facts.add(Fact.of("verb", order.verb()));
        if (!order.whom().isEmpty()) {
            facts.add(Fact.of("for", order.whom()));
        }
        voice.say(line.ts(), Speaker.OPERATOR, order.topic(), said.text, facts);
        return before.ordered(said.place, said.by.toLowerCase(Locale.ROOT));
    }

    private static List<Fact> facts(Said said) {
        List<Fact> facts = new ArrayList<>();
        if (!said.by.isEmpty()) {
            facts.add(Fact.of("by", said.by));
        }
        facts.add(Fact.of("place", said.place));
        return facts;
    }

    // ---- lines

    private static String behindWord(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? "" : text.substring(blank).strip();
    }

    private static String nick(String prefix) {
        int end = prefix.indexOf('!');
        return end < 0 ? prefix : prefix.substring(0, end);
    }

    /// Command and parameters; the last may have blanks.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(4);
        String rest = text;
        while (!rest.isEmpty() && words.size() <= MAX_PARAMETERS) {
            int blank = rest.indexOf(' ');
            if (rest.startsWith(":") && !words.isEmpty() || blank < 0) {
                words.add(rest.startsWith(":") ? rest.substring(1) : rest);
                return words;
            }
            words.add(rest.substring(0, blank));
            rest = rest.substring(blank).strip();
        }
        return words;
    }
}
