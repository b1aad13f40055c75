package io.hark.format.x509;

import io.hark.format.asn1.Der;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subject or an issuer: as text, and its common names.
///
/// *Source*: RFC 4514 in the form that OpenSSL's `-nameopt RFC2253` writes and Zeek logs: last part
/// first, octets above ASCII and control characters as `\XX` of their UTF-8, values of unnamed
/// attributes as `#` and hex.
///
/// @param text `CN=example.org,O=Example,C=US`; empty for a name without parts
/// @param commonNames its common names, in the order of the certificate
record DistinguishedName(String text, List<String> commonNames) {

    private static final String COMMON_NAME = "2.5.4.3";

    /// Parts of one name that are read: real ones have fewer than 20, a hostile one 20,000.
    private static final int MAX_PARTS = 256;

    /// Octets of one value that are shown; X.520 allows 64 characters for most.
    private static final int MAX_VALUE = 4096;

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    /// Reads the contents of a name; null where it is broken.
    static @Nullable DistinguishedName read(Der sets) {
        List<String> parts = new ArrayList<>();
        List<String> commonNames = new ArrayList<>();
        while (parts.size() < MAX_PARTS && sets.next()) {
            if (sets.tag() != Der.SET) {
                return null;
            }
            Der set = sets.inside();
            boolean joins = false; // a part that stands in one set with the one before it
            while (parts.size() < MAX_PARTS && set.next(Der.SEQUENCE)) {
                Der attribute = set.inside();
                if (!attribute.next(Der.OBJECT)) {
                    return null;
                }
                String object = attribute.object();
                if (!attribute.next()) {
                    return null;
                }
                if (object.equals(COMMON_NAME)) {
                    commonNames.add(plain(attribute));
                }
                parts.add(part(object, attribute) + (joins ? "+" : ","));
                joins = true;
                if (!set.isNext(Der.SEQUENCE)) {
                    break;
                }
            }
        }
        if (sets.isBad()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = parts.size() - 1; i >= 0; i--) {
            text.append(parts.get(i));
        }
        if (!text.isEmpty()) {
            text.setLength(text.length() - 1);
        }
        return new DistinguishedName(text.toString(), List.copyOf(commonNames));
    }

    private static String part(String object, Der value) {
        String name = ObjectNames.attribute(object);
        Charset charset = charset(value.tag());
        if (name.isEmpty() || charset == null || value.size() > MAX_VALUE) {
            byte[] element = value.size() > MAX_VALUE ? new byte[0] : value.element();
            return (name.isEmpty() ? object : name)
                    + "=#"
                    + HexFormat.of().withUpperCase().formatHex(element);
        }
        return name + "=" + escaped(utf8(value, charset));
    }

    /// A value as text, for names that are compared or shown alone.
    private static String plain(Der value) {
        Charset charset = charset(value.tag());
        if (charset == null || value.size() > MAX_VALUE) {
            return "";
        }
        return new String(value.contents(), charset);
    }

    /// How the characters of a string type are encoded; null where it is no string type.
    static @Nullable Charset charset(int tag) {
        return switch (tag) {
            case 0x0c -> StandardCharsets.UTF_8;
            case 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1a, 0x1b -> StandardCharsets.ISO_8859_1;
            case 0x1c -> UTF_32;
            case 0x1e -> StandardCharsets.UTF_16BE;
            default -> null;
        };
    }

    private static byte[] utf8(Der value, Charset charset) {
        byte[] octets = value.contents();
        if (charset.equals(StandardCharsets.UTF_8)) {
            return octets; // as it is, well formed or not
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return octets; // what is no text in its own encoding is shown octet by octet
        }
    }

    private static String escaped(byte[] utf8) {
        StringBuilder text = new StringBuilder(utf8.length + 8);
        for (int i = 0; i < utf8.length; i++) {
            int octet = utf8[i] & 0xff;
            boolean first = i == 0;
            boolean last = i == utf8.length - 1;
            if (octet < 0x20 || octet >= 0x7f) {
                text.append('\\').append(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
            } else {
                boolean special =
                        ",+\"\\<>;".indexOf(octet) >= 0
                                || octet == ' ' && (first || last)
                                || octet == '#' && first;
                text.append(special ? "\\" : "").append((char) octet);
            }
        }
        return text.toString();
    }
}
