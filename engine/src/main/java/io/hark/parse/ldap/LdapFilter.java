package io.hark.parse.ldap;

import io.hark.format.asn1.Der;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes a filter in LDAP's text form: `(&(objectClass=user)(cn=a*))`.
///
/// *Source*: RFC 4511 §4.5.1.7, RFC 4515.
final class LdapFilter {

    private static final int MAX_DEPTH = 16; // of filters in filters; programs write three or four
    private static final int MAX_TEXT = 4096; // characters; what is longer is cut
    private static final int AND = 0xa0;
    private static final int OR = 0xa1;
    private static final int NOT = 0xa2;
    private static final int EQUAL = 0xa3;
    private static final int SUBSTRINGS = 0xa4;
    private static final int GREATER = 0xa5;
    private static final int LESS = 0xa6;
    private static final int PRESENT = 0x87;
    private static final int APPROXIMATE = 0xa8;
    private static final int EXTENSIBLE = 0xa9;
    private static final int LAST_PART = 0x82;

    private final StringBuilder text = new StringBuilder();

    private LdapFilter() {}

    /// The text of the element at hand.
    static String text(Der at) {
        LdapFilter filter = new LdapFilter();
        filter.write(at, 0);
        return filter.text.toString();
    }

    private void write(Der at, int depth) {
        if (depth > MAX_DEPTH || text.length() > MAX_TEXT) {
            return;
        }
        Der in = at.inside();
        text.append('(');
        switch (at.tag()) {
            case AND -> list('&', in, depth);
            case OR -> list('|', in, depth);
            case NOT -> list('!', in, depth);
            case EQUAL -> compare("=", in);
            case GREATER -> compare(">=", in);
            case LESS -> compare("<=", in);
            case APPROXIMATE -> compare("~=", in);
            case PRESENT -> {
                value(at);
                text.append("=*");
            }
            case SUBSTRINGS -> substrings(in);
            case EXTENSIBLE -> extensible(in);
            default -> text.append('?');
        }
        text.append(')');
    }

    private void list(char operator, Der in, int depth) {
        text.append(operator);
        while (text.length() <= MAX_TEXT && in.next()) {
            write(in, depth + 1);
        }
    }

    private void compare(String operator, Der in) {
        if (in.next()) {
            value(in);
        }
        text.append(operator);
        if (in.next()) {
            value(in);
        }
    }

    private void substrings(Der in) {
        if (in.next()) {
            value(in);
        }
        text.append('=');
        Der parts = in.next() ? in.inside() : in;
        int tag = 0;
        while (text.length() <= MAX_TEXT && parts.next()) {
            tag = parts.tag();
            if (tag != 0x80) {
                text.append('*'); // anything before what is not the beginning
            }
            value(parts);
        }
        if (tag != LAST_PART) {
            text.append('*');
        }
    }

    private void extensible(Der in) {
        String rule = "";
        boolean names = false;
        StringBuilder type = new StringBuilder();
        StringBuilder wanted = new StringBuilder();
        while (in.next()) { // four kinds at most are written
            switch (in.tag() & 0x1f) {
                case 1 -> rule = ":" + in.text(MAX_TEXT);
                case 2 -> type = new StringBuilder(in.text(MAX_TEXT));
                case 3 -> {
                    wanted = new StringBuilder();
                    escape(in.contents(), wanted);
                }
                case 4 -> names = in.octet(0) != 0;
                default -> {}
            }
        }
        text.append(type).append(names ? ":dn" : "").append(rule).append(":=").append(wanted);
    }

    private void value(Der at) {
        escape(at.contents(), text);
    }

    private static void escape(byte[] octets, StringBuilder into) {
        String readable = new String(octets, StandardCharsets.UTF_8);
        boolean isText = readable.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0xfffd);
        if (isText) {
            into.append(readable, 0, Math.min(readable.length(), MAX_TEXT));
            return;
        }
        for (int i = 0; i < Math.min(octets.length, MAX_TEXT / 3); i++) {
            into.append('\\').append(HexFormat.of().toHexDigits(octets[i]));
        }
    }
}
