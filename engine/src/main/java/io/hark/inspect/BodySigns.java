package io.hark.inspect;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import io.hark.bytes.Recent;
import io.hark.event.Side;
import io.hark.format.AttackSign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks into forms and other text that clients send over HTTP: for signs that it means to be run
/// ([AttackSign]), and whether it carries a password. Of a password only that is noted.
///
/// JSON and XML carry command lines, queries and pages between programs as a matter of course: in
/// them only what a logger, a shell or an interpreter runs by itself counts.
///
/// The first [#MAX_BYTES] are kept until the body ends; what is no text by then is not looked at.
///
/// *Thread*: one owner, the worker.
public final class BodySigns implements Inspector {

    /// The sign of a form with a password that is not empty.
    private static final String PASSWORD = "PASSWORD";

    private static final int MAX_BYTES = 4096; // forms and calls are shorter, uploads begin so
    private static final int MAX_IDLE = 64; // buffers kept for the next bodies

    private static final Pattern SECRET =
            Pattern.compile(
                    "(?:^|[&?{,\\s\"])(?:[\\w.$-]{0,20}(?:password|passwd)|pass|pwd|pw|userpass)"
                            + "\"?\\s{0,3}[=:]\\s{0,3}\"?[^&\"\\s]",
                    Pattern.CASE_INSENSITIVE);

    private static final Set<AttackSign> RUN_BY_THEMSELVES =
            EnumSet.of(AttackSign.JNDI, AttackSign.SHELLSHOCK, AttackSign.CODE);

    private final Recent<Set<AttackSign>> known = new Recent<>(BodySigns::attacks);
    private final ArrayDeque<Beginning> idle = new ArrayDeque<>();

    @Override
    public String name() {
        return "body-signs";
    }

    @Override
    public String about() {
        return "attack strings and passwords in what clients send over HTTP";
    }

    @Override
    public @Nullable Reader body(String fuid, String source) {
        return null; // only the side tells whether it is wanted
    }

    @Override
    public @Nullable Reader body(String fuid, String source, Side side) {
        if (side != Side.ORIGINATOR || !source.equals("HTTP")) {
            return null;
        }
        Beginning used = idle.poll();
        return used == null ? new Beginning() : used;
    }

    private static Set<AttackSign> attacks(String text) {
        String begin = text.stripLeading();
        boolean structured =
                begin.startsWith("{") || begin.startsWith("[") || begin.startsWith("<");
        return structured ? AttackSign.in(text, RUN_BY_THEMSELVES) : AttackSign.in(text);
    }

    /// Whether a name that [#SECRET] knows may be in it: all of them begin with `pas` or have `pw`.
    private static boolean mayHoldSecret(String text) {
        for (int i = 0; i + 2 < text.length(); i++) {
            if ((text.charAt(i) | 0x20) == 'p') {
                int next = text.charAt(i + 1) | 0x20;
                if (next == 'w' || next == 'a' && (text.charAt(i + 2) | 0x20) == 's') {
                    return true;
                }
            }
        }
        return false;
    }

    /// The beginning of one body; idle again after its end.
    private final class Beginning implements Reader {

        private final byte[] octets = new byte[MAX_BYTES];
        private int length;
        private boolean gapped;

        @Override
        public void bytes(Bytes piece) {
            int taken = gapped ? 0 : Math.min(piece.length(), MAX_BYTES - length);
            if (taken > 0) {
                piece.copyTo(0, octets, length, taken);
                length += taken;
            }
        }

        @Override
        public void gap(long bytes) {
            gapped = true;
        }

        @Override
        public void end(boolean whole, FileNotes notes) {
            if (isText()) {
                String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
                for (AttackSign sign : known.of(text)) {
                    notes.signs.add(sign.name());
                }
                if (mayHoldSecret(text) && SECRET.matcher(text).find()) {
                    notes.signs.add(PASSWORD);
                }
            }
            length = 0;
            gapped = false;
            if (idle.size() < MAX_IDLE) {
                idle.push(this);
            }
        }

        private boolean isText() {
            for (int i = 0; i < length; i++) {
                byte octet = octets[i];
                if (octet >= 0 && octet < 0x20 && octet != '\n' && octet != '\r' && octet != '\t') {
                    return false;
                }
            }
            return length > 0;
        }
    }
}
