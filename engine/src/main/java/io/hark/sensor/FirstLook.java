package io.hark.sensor;

import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.AsciiLength;
import io.hark.carry.frame.Delimiter;
import io.hark.carry.frame.Framing;
import io.hark.carry.frame.LengthPrefix;
import io.hark.carry.frame.LengthPrefix.Width;
import io.hark.event.Side;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A first look at an unknown protocol: how its messages may be marked off, what stands between
/// fields, whether a key of one octet makes text of it, and how the octets are spread. Guesses,
/// with what they rest on; a person decides.
///
/// @param pieces what one connection said, in order
public record FirstLook(List<StreamPiece> pieces) {

    private static final int MAX_STREAM = 1 << 16; // octets of each side that are looked at
    private static final int MAX_SHOWN = 12; // pieces
    private static final int MAX_HEX = 24; // octets of one
    private static final int MAX_OFFSETS = 32; // for what is constant
    private static final int MAX_HEAD = 16; // octets before a body
    private static final int MIN_FRAMES = 2; // that a framing has to fit exactly
    private static final double TEXT = 0.9; // share of printable octets that is text
    private static final double NO_TEXT = 0.7; // and below which it is none
    private static final int MIN_FOR_KEY = 64; // octets: of fewer, some key always makes text

    /// A way to mark off frames, and how it is written in Java.
    ///
    /// @param framing the way
    /// @param java an expression
    /// @param words for people
    /// @param frames how many it cuts, to the very end of the stream
    public record Guess(Framing framing, String java, String words, int frames) {}

    /// Of what can be laid out: streams.
    public static FirstLook of(List<Carried> carried) {
        List<StreamPiece> pieces = new ArrayList<>();
        for (Carried one : carried) {
            if (one instanceof StreamPiece piece && piece.bytes().length > 0) {
                pieces.add(piece);
            }
        }
        return new FirstLook(List.copyOf(pieces));
    }

    /// One side's first octets.
    private byte[] stream(Side side) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (StreamPiece piece : pieces) {
            if (piece.side() == side && out.size() < MAX_STREAM) {
                out.writeBytes(piece.bytes());
            }
        }
        byte[] octets = out.toByteArray();
        return octets.length > MAX_STREAM ? Arrays.copyOf(octets, MAX_STREAM) : octets;
    }

    /// The framing that fits both sides best; null where none does.
    public @Nullable Guess best() {
        Guess best = null;
        for (Guess guess : candidates()) {
            int frames = 0;
            for (Side side : Side.values()) {
                int cut = fits(guess.framing, stream(side));
                frames = cut < 0 || frames < 0 ? -1 : frames + cut;
            }
            if (frames >= MIN_FRAMES && (best == null || frames > best.frames)) {
                best = new Guess(guess.framing, guess.java, guess.words, frames);
            }
        }
        return best;
    }

    /// How many frames a stream falls into, -1 where it does not; what is cut off at the end of a
    /// long one does not count.
    private static int fits(Framing framing, byte[] stream) {
        int at = 0;
        int frames = 0;
        while (at < stream.length) {
            Bytes left = new Bytes().wrap(stream, at, stream.length - at);
            if (!(framing.cut(left) instanceof Framing.Cut.Whole whole) || whole.octets() < 1) {
                return stream.length == MAX_STREAM && frames > 0 ? frames : -1;
            }
            if (whole.octets() > stream.length - at) {
                return stream.length == MAX_STREAM && frames > 0 ? frames : -1;
            }
            at += (int) whole.octets();
            frames++;
        }
        return frames;
    }

    private static List<Guess> candidates() {
        List<Guess> all = new ArrayList<>();
        for (String separator : List.of("\0", "\r\n\r\n", "\n", ":")) {
            String java = "new AsciiLength(\"" + escaped(separator) + "\")";
            String words = "decimal length, then '" + escaped(separator) + "'";
            all.add(new Guess(new AsciiLength(separator), java, words, 0));
        }
        for (Width width : Width.values()) {
            for (int head = width.octets(); head <= MAX_HEAD; head++) {
                for (boolean counting : List.of(false, true)) {
                    LengthPrefix plain = LengthPrefix.of(width).head(head);
                    String java = "LengthPrefix.of(Width." + width + ").head(" + head + ")";
                    String words =
                            "%s length at 0, head of %d octets%s"
                                    .formatted(width, head, counting ? ", which it counts" : "");
                    all.add(
                            counting
                                    ? new Guess(
                                            plain.countingHead(),
                                            java + ".countingHead()",
                                            words,
                                            0)
                                    : new Guess(plain, java, words, 0));
                }
            }
        }
        for (String mark : List.of("\r\n", "\n", "\0")) {
            String java = "new Delimiter(\"" + escaped(mark) + "\")";
            all.add(new Guess(new Delimiter(mark), java, "ends with '" + escaped(mark) + "'", 0));
        }
        return all;
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }

    /// All of it, for people.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("first pieces: seconds, side, octets, what they begin with");
        for (StreamPiece piece : pieces.subList(0, Math.min(MAX_SHOWN, pieces.size()))) {
            double after = (piece.ts() - pieces.getFirst().ts()) / 1e9;
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "  %9.3f %-10s %6d  %s",
                            after,
                            piece.side().name().toLowerCase(Locale.ROOT),
                            piece.bytes().length,
                            shown(piece.bytes())));
        }
        Guess best = best();
        lines.add(
                "framing: "
                        + (best == null
                                ? "none of the known ones fits both sides to the end"
                                : best.words + " fits, " + best.frames + " frames"));
        for (Side side : Side.values()) {
            byte[] stream = stream(side);
            if (stream.length > 0) {
                lines.addAll(spread(side.name().toLowerCase(Locale.ROOT), side, stream));
            }
        }
        return lines;
    }

    private List<String> spread(String who, Side side, byte[] stream) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s: %d octets, %.1f bits an octet, %.0f %% printable",
                        who,
                        stream.length,
                        entropy(stream),
                        100 * printable(stream, 0)));
        lines.add("  same in all its pieces, by offset: " + constant(side));
        int key = key(stream);
        if (key > 0) {
            lines.add("  XORed with 0x%02x it is text".formatted(key));
        }
        String between = between(stream);
        if (!between.isEmpty()) {
            lines.add("  often between words: " + between);
        }
        for (int i = 0; i + 1 < Math.min(stream.length, 64); i++) {
            if (stream[i] == 0x78 && ((stream[i + 1] & 0xff) == 0x9c || stream[i + 1] == 0x01)) {
                lines.add("  zlib may begin at " + i);
                break;
            }
        }
        return lines;
    }

    private static String shown(byte[] octets) {
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(MAX_HEX, octets.length); i++) {
            hex.append("%02x ".formatted(octets[i] & 0xff));
            text.append(octets[i] >= ' ' && octets[i] < 0x7f ? (char) octets[i] : '.');
        }
        return hex + " " + text;
    }

    private String constant(Side side) {
        List<String> same = new ArrayList<>();
        List<StreamPiece> of = pieces.stream().filter(piece -> piece.side() == side).toList();
        for (int i = 0; i < MAX_OFFSETS && of.size() > 1; i++) {
            int offset = i;
            int first = at(of.getFirst(), offset);
            if (first >= 0 && of.stream().allMatch(piece -> at(piece, offset) == first)) {
                same.add("%d=%02x".formatted(i, first));
            }
        }
        return same.isEmpty() ? "nothing" : String.join(" ", same);
    }

    private static int at(StreamPiece piece, int offset) {
        return offset < piece.bytes().length ? piece.bytes()[offset] & 0xff : -1;
    }

    private static double entropy(byte[] octets) {
        int[] counts = new int[256];
        for (byte octet : octets) {
            counts[octet & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / octets.length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private static double printable(byte[] octets, int key) {
        int count = 0;
        for (byte octet : octets) {
            int c = (octet ^ key) & 0xff;
            count += c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' ? 1 : 0;
        }
        return (double) count / octets.length;
    }

    /// The octet that makes text of what is none, or 0.
    private static int key(byte[] octets) {
        int best = 0;
        if (octets.length >= MIN_FOR_KEY && printable(octets, 0) < NO_TEXT) {
            for (int key = 1; key < 256; key++) {
                double share = printable(octets, key);
                if (share >= TEXT && share > (best == 0 ? 0 : printable(octets, best))) {
                    best = key;
                }
            }
        }
        return best;
    }

    /// The marks of up to five characters that come most often between words.
    private static String between(byte[] octets) {
        Map<String, Integer> counts = new TreeMap<>();
        StringBuilder run = new StringBuilder();
        for (byte octet : octets) {
            boolean mark = octet > ' ' && octet < 0x7f && !Character.isLetterOrDigit((char) octet);
            if (mark) {
                run.append((char) octet);
            } else if (!run.isEmpty()) {
                if (run.length() <= 5) {
                    counts.merge(run.toString(), 1, Integer::sum);
                }
                run.setLength(0);
            }
        }
        return String.join(
                "  ",
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue() > 2)
                        .sorted((a, b) -> b.getValue() - a.getValue())
                        .limit(3)
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .toList());
    }
}
