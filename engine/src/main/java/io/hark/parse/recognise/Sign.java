package io.hark.parse.recognise;

import io.hark.Verdict;
import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the first message of a protocol always looks like: octets at places, a field that tells its
/// length, a word in it.
///
/// A sign is certain unless it says that it is [#weak]: its octets and its length together leave no
/// room for chance.
///
/// *Thread*: immutable once it stands in its table.
final class Sign {

    private static final int ANY = -1;
    private static final int MAX_LOOKED = 512; // octets in which a word is looked for
    private static final int MAX_PARTS =
            512; // of a datagram: four octets or more each, in a usual frame

    private final String service;
    private final String source;
    private int[] octets = new int[0];
    private int verdict = Verdict.YES;
    private int[] ports = new int[0];
    private byte @Nullable [] word;

    private int lengthAt = ANY;
    private int lengthWidth;
    private int unit = 1;
    private int more;
    private boolean little;
    private int leastParts = 1;
    private int mostParts = 1;

    private Sign(String service, String source) {
        this.service = service;
        this.source = source;
    }

    /// A sign of what is called so in `conn`.
    ///
    /// @param source where the octets are written down
    static Sign of(String service, String source) {
        return new Sign(service, source);
    }

    /// These octets are there, in hexadecimal; `..` is any.
    Sign at(int place, String hex) {
        String plain = hex.replace(" ", "");
        for (int i = 0; i < plain.length(); i += 2) {
            String octet = plain.substring(i, i + 2);
            set(place + i / 2, octet.equals("..") ? ANY : Integer.parseInt(octet, 16));
        }
        return this;
    }

    /// This ASCII text is there.
    Sign text(int place, String text) {
        for (int i = 0; i < text.length(); i++) {
            set(place + i, text.charAt(i));
        }
        return this;
    }

    private void set(int place, int octet) {
        int before = octets.length;
        if (place >= before) {
            octets = Arrays.copyOf(octets, place + 1);
            Arrays.fill(octets, before, place + 1, ANY);
        }
        octets[place] = octet;
    }

    /// A big-endian field of so many octets tells the length of the message, but for `more` octets.
    Sign length(int place, int width, int more) {
        lengthAt = place;
        lengthWidth = width;
        this.more = more;
        return this;
    }

    /// The same field, little-endian.
    Sign littleLength(int place, int width, int more) {
        little = true;
        return length(place, width, more);
    }

    /// The length is counted in so many octets.
    Sign units(int octets) {
        unit = octets;
        return this;
    }

    /// Parts of that form follow each other, so many at least.
    Sign parts(int least) {
        leastParts = least;
        mostParts = MAX_PARTS;
        return this;
    }

    /// The word stands within the first octets of the message.
    Sign has(String wanted) {
        word = wanted.getBytes(StandardCharsets.US_ASCII);
        return this;
    }

    /// One of these is the responder's port, too: for forms that others might have elsewhere.
    Sign ports(int... numbers) {
        ports = numbers;
        return this;
    }

    /// It is a guess, and gives way to who knows.
    Sign weak() {
        verdict = Verdict.MAYBE;
        return this;
    }

    /// What `conn` calls the protocol.
    String service() {
        return service;
    }

    /// Where its form is written down.
    String source() {
        return source;
    }

    /// Whether a message may begin with the octet.
    boolean mayBegin(int octet) {
        return octets.length == 0 || octets[0] == ANY || octets[0] == octet;
    }

    /// What the datagram shows: it is looked at whole.
    int datagram(Bytes payload, int port) {
        if (payload.length() < octets.length || !agrees(payload) || !isUsual(port)) {
            return Verdict.NO;
        }
        if (lengthAt >= 0 && !isFilled(payload)) {
            return Verdict.NO;
        }
        return word == null || contains(payload, word) ? verdict : Verdict.NO;
    }

    /// What the beginning of a stream shows: the first message has to be there whole where the sign
    /// knows its length.
    int stream(Bytes head, int most) {
        if (!agrees(head)) {
            return Verdict.NO;
        }
        int length = head.length();
        if (length < octets.length || length < lengthAt + lengthWidth) {
            return Verdict.MORE;
        }
        if (lengthAt >= 0) {
            long end = part(head, 0);
            if (end < octets.length || end > most) {
                return Verdict.NO;
            }
            if (end > length) {
                return Verdict.MORE;
            }
        }
        if (word != null && !contains(head, word)) {
            return length < MAX_LOOKED ? Verdict.MORE : Verdict.NO;
        }
        return verdict;
    }

    private boolean agrees(Bytes payload) {
        int n = Math.min(octets.length, payload.length());
        for (int i = 0; i < n; i++) {
            if (octets[i] != ANY && octets[i] != payload.peek(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isUsual(int port) {
        for (int usual : ports) {
            if (usual == port) {
                return true;
            }
        }
        return ports.length == 0;
    }

    /// Whether its parts fill the datagram to the last octet.
    private boolean isFilled(Bytes payload) {
        long at = 0;
        int parts = 0;
        while (at < payload.length() && parts < mostParts) { // a part is as long as its head
            if (payload.length() - at < lengthAt + lengthWidth) {
                return false;
            }
            long length = part(payload, (int) at);
            if (length < lengthAt + lengthWidth) {
                return false;
            }
            at += length;
            parts++;
        }
        return at == payload.length() && parts >= leastParts;
    }

    private long part(Bytes payload, int at) {
        long value = 0;
        for (int i = 0; i < lengthWidth; i++) {
            int place = little ? lengthWidth - 1 - i : i;
            value = value << 8 | payload.peek(at + lengthAt + place);
        }
        return value * unit + more;
    }

    private static boolean contains(Bytes payload, byte[] wanted) {
        int last = Math.min(payload.length(), MAX_LOOKED) - wanted.length;
        for (int at = 0; at <= last; at++) {
            int n = 0;
            while (n < wanted.length && payload.peek(at + n) == wanted[n]) {
                n++;
            }
            if (n == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
