package io.hark.cli;

import io.hark.bytes.TextBuffer;
import io.hark.bytes.Visible;
import io.hark.event.Side;
import io.hark.report.Units;
import io.hark.sensor.Replay.Wire;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes the pieces of one connection for a person: a line of who and when, then the bytes as text
/// or hex in that side's colour.
///
/// *Thread*: one owner.
final class StreamPage {

    private static final int ROW = 16; // bytes of a line of hex

    private final Terminal terminal;
    private final CaseConnection connection;
    private final boolean hex;
    private boolean begun;

    StreamPage(Terminal terminal, CaseConnection connection, boolean hex) {
        this.terminal = terminal;
        this.connection = connection;
        this.hex = hex;
    }

    /// One piece, or a gap before what comes next.
    void piece(long ts, Side from, long offset, byte[] bytes, long gap) {
        Page page = new Page(terminal.columns(), terminal.isColoured());
        if (!begun) {
            begun = true;
            Wire wire = connection.wire();
            page.whole(
                    0,
                    Page.Look.STRONG,
                    Hosts.shown(wire.id(), connection.name())
                            + "  "
                            + connection.about()
                            + "  "
                            + wire.uid());
        }
        Page.Look look = from == Side.ORIGINATOR ? Page.Look.CYAN : Page.Look.RED;
        String arrow = from == Side.ORIGINATOR ? "→ " : "← ";
        String when = Units.timeMillis(ts);
        if (gap > 0) {
            page.whole(
                    0,
                    Page.Look.YELLOW,
                    arrow
                            + when
                            + "  "
                            + Units.count(gap, "byte")
                            + " of this side are missing here");
        } else {
            page.whole(
                    0,
                    Page.Look.FAINT,
                    arrow
                            + when
                            + "  "
                            + StreamCommand.word(from)
                            + ", "
                            + Units.count(bytes.length, "byte"));
            if (hex) {
                hex(page, look, offset, bytes);
            } else {
                text(bytes).lines().forEach(line -> page.text(2, look, line));
            }
        }
        terminal.out().print(page);
    }

    /// UTF-8 where it is that, else every byte a character.
    private static String text(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) { // no UTF-8: what is printable shows all the same
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static void hex(Page page, Page.Look look, long offset, byte[] bytes) {
        HexFormat digits = HexFormat.of();
        for (int at = 0; at < bytes.length; at += ROW) {
            StringBuilder line = new StringBuilder(digits.toHexDigits(offset + at, 8)).append("  ");
            StringBuilder shown = new StringBuilder();
            for (int i = at; i < at + ROW; i++) {
                boolean there = i < bytes.length;
                line.append(there ? digits.toHexDigits(bytes[i]) : "  ");
                line.append(i == at + ROW / 2 - 1 ? "  " : " ");
                if (there) {
                    shown.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
                }
            }
            page.whole(2, look, line + " " + shown);
        }
    }

    /// One piece for a program: `uid`, `ts`, `side`, `offset`, and `text` where it is UTF-8, else
    /// `hex`; or `gap`.
    static String json(String uid, long ts, Side from, long offset, byte[] bytes, long gap) {
        TextBuffer out = new TextBuffer(200 + bytes.length * 2);
        out.put("{\"uid\":").json(uid).put(",\"ts\":").seconds(ts);
        out.put(",\"side\":").json(StreamCommand.word(from)).put(",\"offset\":").number(offset);
        if (gap > 0) {
            return out.put(",\"gap\":").number(gap).put('}').toString();
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            out.put(",\"text\":").json(text);
        } catch (CharacterCodingException e) { // then it is told in hex
            out.put(",\"hex\":").json(HexFormat.of().formatHex(bytes));
        }
        return Visible.json(out.put('}').toString());
    }
}
