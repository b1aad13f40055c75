package io.hark.report;

import io.hark.event.Message;
import io.hark.sensor.Recap;
import java.util.List;
import java.util.Locale;

/// What operator and implant said to each other, the operator on the right.
///
/// Credentials were masked before; nothing here takes that back.
///
/// @param matter what the page is about
record Chats(Matter matter) implements Part {

    private static final int MAX_TALKS = 12; // shown with what was said
    private static final int MAX_BRIEF = 40; // in a table behind them
    private static final int MAX_CHARS = 900; // of one message
    private static final int MAX_LINES = 16;
    private static final int MAX_PAGE = 250_000; // octets of all: a quarter of the page

    @Override
    public String id() {
        return "conversations";
    }

    @Override
    public String title() {
        return "Conversations";
    }

    @Override
    public String amount() {
        return Units.count(matter.summary().talks().size());
    }

    @Override
    public boolean isThere() {
        return !matter.summary().talks().isEmpty();
    }

    @Override
    public void write(Markup out) {
        List<Recap.Talk> talks = matter.summary().talks();
        long end = out.length() + MAX_PAGE;
        int shown = 0;
        while (shown < Math.min(MAX_TALKS, talks.size()) && out.length() < end) {
            talk(out, talks.get(shown++), end);
        }
        if (shown < talks.size()) {
            brief(out, talks, shown);
        }
    }

    private void talk(Markup out, Recap.Talk talk, long end) {
        Message m = talk.first;
        out.open("article", "class", "chat");
        out.open("h3").strange(m.family(), 60);
        out.text(" · " + Units.count(talk.messages, "message")).close("h3");
        out.open("p", "class", "who");
        matter.host(out, m.id().orig_h());
        out.text(" → ");
        matter.host(out, m.id().resp_h());
        out.text(" port " + m.id().resp_p());
        out.text(" · " + Units.time(m.ts()) + " to " + Units.until(m.ts(), talk.last) + " UTC");
        out.text(" · in ").strange(String.join(" › ", m.layers()), 120);
        String secret = m.secret();
        if (secret != null) {
            out.text(" · opened with ").strange(secret, 80);
        }
        out.close("p");
        if (!m.verified()) {
            out.with("p", "No real capture verifies this decoder yet.", "class", "note");
        }
        out.open("ol", "class", "said");
        long between = talk.messages - talk.closing.size();
        for (Message message : talk.opening) {
            if (out.length() < end) {
                message(out, message, m.ts());
                between--;
            }
        }
        if (between > 0) {
            out.open("li", "class", "between");
            out.text(Units.count(between, "message") + " between").close("li");
        }
        talk.closing.forEach(message -> message(out, message, m.ts()));
        out.close("ol");
        transcript(out, talk);
        out.close("article");
    }

    private static void transcript(Markup out, Recap.Talk talk) {
        if (talk.transcript != null) {
            out.open("p", "class", "more").text("Whole: ");
            file(out, talk);
            out.close("p");
        }
    }

    private static void file(Markup out, Recap.Talk talk) {
        String name = talk.transcript;
        if (name != null) {
            out.with("a", "conversations/" + name, "href", "conversations/" + name);
        }
    }

    private static void message(Markup out, Message m, long begin) {
        String side = m.side().name().toLowerCase(Locale.ROOT);
        out.open("li", "class", side);
        out.open("p", "class", "by").with("b", side).text(" ");
        out.text(Units.isOneDay(begin, m.ts()) ? Units.clock(m.ts()) : Units.time(m.ts()));
        if (!m.type().equals("shell")) {
            String subtype = m.subtype();
            out.text(" ").open("span", "class", "type").strange(m.type(), 40);
            out.text(subtype == null ? "" : " ").strange(subtype == null ? "" : subtype, 40);
            out.close("span");
        }
        out.close("p");
        String text = m.text().strip();
        if (text.isEmpty()) {
            out.open("p", "class", "quiet").text("(nothing)").close("p");
        } else {
            String shown = opening(text);
            out.open("pre", "dir", "ltr").lines(shown).close("pre");
            if (shown.length() < text.length()) {
                out.open("p", "class", "quiet")
                        .text(Units.count(text.length() - shown.length(), "character") + " more")
                        .close("p");
            }
        }
        out.close("li");
    }

    /// As many whole lines as are shown, of a single long one its beginning.
    private static String opening(String text) {
        int end = Math.min(text.length(), MAX_CHARS);
        int at = 0;
        for (int line = 0; line < MAX_LINES && at < end; line++) {
            int next = text.indexOf('\n', at);
            at = next < 0 ? end : next + 1;
        }
        return text.substring(0, Math.min(at, end)).stripTrailing();
    }

    private void brief(Markup out, List<Recap.Talk> talks, int from) {
        int to = Math.min(talks.size(), from + MAX_BRIEF);
        Table table =
                new Table(
                        out, "Further conversations", "family", "from", "to", "#messages", "file");
        for (Recap.Talk talk : talks.subList(from, to)) {
            table.row()
                    .cell(cell -> cell.strange(talk.first.family(), 40))
                    .cell(cell -> matter.host(cell, talk.first.id().orig_h()))
                    .cell(cell -> matter.host(cell, talk.first.id().resp_h()))
                    .number(Units.count(talk.messages))
                    .cell(cell -> file(cell, talk));
        }
        table.end();
        if (to < talks.size()) {
            Table.more(
                    out,
                    Units.count(talks.size() - to, "more conversation"),
                    "the folder conversations has them");
        }
    }
}
