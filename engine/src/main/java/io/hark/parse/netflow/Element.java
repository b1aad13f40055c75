package io.hark.parse.netflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// An information element: what a field of a record means.
///
/// *Source*: RFC 7012; the table in `elements.txt`.
///
/// @param enterprise private enterprise number, 0 for IANA's
/// @param id its number there
/// @param name its name in IPFIX
/// @param type what its octets are
record Element(long enterprise, int id, String name, Type type) {

    /// What the octets of a field are.
    enum Type {
        UNSIGNED,
        SIGNED,
        FLOAT,
        BOOLEAN,
        MAC,
        TEXT,
        OCTETS,
        IPV4,
        IPV6,
        SECONDS,
        MILLIS,
        MICROS,
        NANOS,
        LIST,
        APPLICATION,
        ACL,
        /// Not in the table: as it looks.
        UNKNOWN
    }

    /// The number that stands for NetFlow v9's own elements: none of IANA's assignments has it.
    static final long V9 = 1L << 32;

    /// RFC 5103: the same element, of the packets the other way.
    static final long REVERSE = 29305;

    /// More than the registry has: the numbers of reversed elements begin there.
    static final int REVERSED = 1024;

    private static final int ASA_TRANSLATION = 40001; // source, destination, their ports
    private static final int IANA_TRANSLATION = 225;

    private static final String[] SCOPES = {
        "scopeSystem", "scopeInterface", "scopeLineCard", "scopeCache", "scopeTemplate"
    };

    private record Place(long enterprise, int id) {}

    private static final Map<Place, Element> KNOWN = read();

    /// The element of IPFIX.
    static Element of(long enterprise, int id) {
        Element known = KNOWN.get(new Place(enterprise, id));
        if (known != null) {
            return known;
        }
        Element forward = enterprise == REVERSE ? KNOWN.get(new Place(0, id)) : null;
        if (forward != null) {
            String name = forward.name;
            String reverse =
                    "reverse" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return new Element(enterprise, id, reverse, forward.type);
        }
        String name =
                enterprise == 0 || enterprise == V9 ? "element" : "element" + enterprise + ".";
        return new Element(enterprise, id, name + id, Type.UNKNOWN);
    }

    /// The element of NetFlow v9: IANA's as far as they go back to it, then what vendors added.
    static Element ofV9(int id) {
        Element known = KNOWN.get(new Place(V9, id));
        return known == null ? of(0, id) : known;
    }

    /// What a record of options of NetFlow v9 is about (RFC 3954 §6.1).
    static Element scope(int id) {
        boolean known = id > 0 && id <= SCOPES.length;
        return new Element(
                V9,
                -id,
                known ? SCOPES[id - 1] : "scope" + id,
                known ? Type.UNSIGNED : Type.UNKNOWN);
    }

    /// Its number in IANA's registry, that and [#REVERSED] if it is of the other direction; -1 for
    /// elements that no column of a flow is made of. Cisco ASA had numbers of its own for
    /// translated addresses before IANA gave some.
    int iana() {
        if (enterprise == V9) {
            return id >= ASA_TRANSLATION && id < ASA_TRANSLATION + 4
                    ? id - ASA_TRANSLATION + IANA_TRANSLATION
                    : -1;
        }
        if (id < 0 || id >= REVERSED) {
            return -1;
        }
        return enterprise == 0 ? id : enterprise == REVERSE ? id + REVERSED : -1;
    }

    private static Map<Place, Element> read() {
        Map<Place, Element> known = new HashMap<>();
        try (InputStream in = Element.class.getResourceAsStream("elements.txt");
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            long enterprise = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (line.startsWith("#") || line.isEmpty()) {
                    continue;
                } else if (words.length == 3) {
                    int id = Integer.parseInt(words[0]);
                    Type type = Type.valueOf(words[1].toUpperCase(Locale.ROOT));
                    known.put(
                            new Place(enterprise, id), new Element(enterprise, id, words[2], type));
                } else {
                    enterprise = words.length == 1 ? V9 : Long.parseLong(words[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(known);
    }
}
