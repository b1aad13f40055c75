package io.hark.parse.ldap;

import io.hark.Connection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Ldap;
import io.hark.event.LdapSearch;
import io.hark.format.asn1.Der;
import io.hark.format.gss.Logon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pairs the requests and answers of one connection.
///
/// ```
/// SEQUENCE { INTEGER id, [APPLICATION n] operation, [0] controls }
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 4511 §4.
final class LdapTalk {

    static final String START_TLS = "1.3.6.1.4.1.1466.20037";

    private static final int BIND = 0x60;
    private static final int BOUND = 0x61;
    private static final int UNBIND = 0x42;
    private static final int SEARCH = 0x63;
    private static final int ENTRY = 0x64;
    private static final int DONE = 0x65;
    private static final int MODIFY = 0x66;
    private static final int ADD = 0x68;
    private static final int DELETE = 0x4a;
    private static final int RENAME = 0x6c;
    private static final int COMPARE = 0x6e;
    private static final int ABANDON = 0x50;
    private static final int REFERENCE = 0x73;
    private static final int EXTENDED = 0x77;
    private static final int EXTENDED_ANSWER = 0x78;
    private static final int INTERMEDIATE = 0x79;

    private static final int SIMPLE = 0x80;
    private static final int SASL = 0xa3;
    private static final int SERVER_TOKEN = 0x87;

    private static final int MAX_OPEN = 256; // requests under way; the oldest is given up
    private static final int MAX_NAME = 2048; // octets of a distinguished name that are kept
    private static final int MAX_ATTRIBUTES = 128; // wanted by one search
    private static final String HIDDEN = "REDACTED"; // Zeek's word

    private final Connection connection;
    private final Logon logon;
    private final Map<Long, Asked> open = new LinkedHashMap<>(4);

    /// A request without its answer.
    private static final class Asked {
        private final long ts;
        private final int operation;
        private String opcode;
        private @Nullable Integer version;
        private @Nullable String object;
        private @Nullable String argument;
        private int scope;
        private int aliases;
        private @Nullable String filter;
        private List<String> attributes = List.of();
        private long found;

        private Asked(long ts, int operation, String opcode) {
            this.ts = ts;
            this.operation = operation;
            this.opcode = opcode;
        }
    }

    LdapTalk(Connection connection) {
        this.connection = connection;
        this.logon =
                new Logon(connection.uid(), connection.id(), connection::emit, connection::confirm);
    }

    /// Whether a message begins at the start of `head`.
    static int form(Bytes head) {
        if (head.peek(0) != Der.SEQUENCE) {
            return Verdict.NO;
        }
        long size = Der.sizeAt(head, 0);
        int first = head.peek(1);
        int at = first < 0x80 ? 2 : 2 + (first & 0x7f);
        int octets = head.peek(at + 1);
        if (size <= 0 || octets < 0) {
            return size < 0 ? Verdict.NO : Verdict.MORE;
        }
        if (head.peek(at) != Der.INTEGER || octets < 1 || octets > 5) {
            return Verdict.NO;
        }
        int operation = head.peek(at + 2 + octets);
        if (operation < 0) {
            return Verdict.MORE;
        }
        return isOperation(operation) ? Verdict.YES : Verdict.NO;
    }

    private static boolean isOperation(int tag) {
        return switch (tag) {
            case BIND, BOUND, UNBIND, SEARCH, ENTRY, DONE, MODIFY, ADD, DELETE, RENAME -> true;
            case COMPARE, ABANDON, REFERENCE, EXTENDED, EXTENDED_ANSWER, INTERMEDIATE -> true;
            case 0x67, 0x69, 0x6b, 0x6d, 0x6f -> true; // answers to changes
            default -> false;
        };
    }

    /// Reads the message at the cursor.
    void message(Bytes in) {
        Der outer = Der.over(in);
        Der message = outer.next() ? outer.inside() : outer;
        if (!message.next(Der.INTEGER)) {
            in.fail("no message");
            return;
        }
        long id = message.number();
        if (!message.next() || !isOperation(message.tag())) {
            in.fail("no operation");
            return;
        }
        connection.confirm();
        operation(id, message);
    }

    /// A message of `operation` too long to be read.
    void tooLong(long id, int operation) {
        Asked asked = open.get(id);
        if (operation == ENTRY && asked != null) {
            asked.found++;
        }
    }

    private void operation(long id, Der at) {
        Der in = at.inside();
        switch (at.tag()) {
            case BIND -> bind(ask(id, at.tag(), "bind"), in);
            case SEARCH -> search(ask(id, at.tag(), "search"), in);
            case MODIFY -> named(ask(id, at.tag(), "modify"), in);
            case ADD -> named(ask(id, at.tag(), "add"), in);
            case RENAME -> named(ask(id, at.tag(), "modify DN"), in);
            case COMPARE -> named(ask(id, at.tag(), "compare"), in);
            case DELETE -> ask(id, at.tag(), "delete").object = at.text(MAX_NAME);
            case EXTENDED -> extended(ask(id, at.tag(), "extended"), in);
            case UNBIND -> say(id, ask(id, at.tag(), "unbind"), null, null);
            case ABANDON -> {
                Asked given = open.remove(at.number());
                if (given != null) {
                    say(at.number(), given, "abandoned", null);
                } else { // of a request that was not seen
                    say(id, new Asked(connection.now(), ABANDON, "abandon"), null, null);
                }
            }
            case ENTRY -> tooLong(id, ENTRY);
            case REFERENCE, INTERMEDIATE -> {}
            default -> answer(id, at.tag(), in);
        }
    }

    private Asked ask(long id, int operation, String opcode) {
        Asked before = open.remove(id);
        if (before != null) {
            say(id, before, null, null);
        }
        if (open.size() == MAX_OPEN) {
            var oldest = open.entrySet().iterator().next();
            open.remove(oldest.getKey());
            say(oldest.getKey(), oldest.getValue(), null, null);
        }
        Asked asked = new Asked(connection.now(), operation, opcode);
        if (operation != UNBIND) {
            open.put(id, asked);
        }
        return asked;
    }

    // ---- requests

    private void bind(Asked asked, Der in) {
        if (!in.next(Der.INTEGER)) {
            return;
        }
        asked.version = (int) in.number();
        asked.object = in.next(Der.OCTET_STRING) ? text(in) : null;
        if (!in.next()) {
            return;
        }
        if (in.tag() == SIMPLE) {
            asked.opcode = "bind simple";
            asked.argument = in.size() == 0 ? null : HIDDEN;
        } else if (in.tag() == SASL) {
            asked.opcode = "bind SASL";
            Der sasl = in.inside();
            asked.argument = sasl.next(Der.OCTET_STRING) ? text(sasl) : null;
            if (sasl.next(Der.OCTET_STRING)) {
                logon.token(Bytes.of(sasl.contents()), connection.now());
            }
        } else { // Microsoft's: name and token of NTLM (MS-ADTS §5.1.1.1.3)
            asked.opcode = "bind SICILY";
            logon.token(Bytes.of(in.contents()), connection.now());
        }
    }

    private void search(Asked asked, Der in) {
        if (!in.next(Der.OCTET_STRING)) {
            return;
        }
        asked.object = text(in);
        asked.scope = in.next(Der.ENUMERATED) ? in.octet(0) : 0;
        asked.aliases = in.next(Der.ENUMERATED) ? in.octet(0) : 0;
        if (!in.next(Der.INTEGER, Der.INTEGER, Der.BOOLEAN) || !in.next()) {
            return;
        }
        asked.filter = LdapFilter.text(in);
        if (in.next(Der.SEQUENCE)) {
            Der wanted = in.inside();
            List<String> attributes = new ArrayList<>();
            while (attributes.size() < MAX_ATTRIBUTES && wanted.next(Der.OCTET_STRING)) {
                attributes.add(wanted.text(MAX_NAME));
            }
            asked.attributes = List.copyOf(attributes);
        }
    }

    private static void named(Asked asked, Der in) {
        asked.object = in.next(Der.OCTET_STRING) ? text(in) : null;
    }

    private static void extended(Asked asked, Der in) {
        asked.argument = in.next(0x80) ? in.text(MAX_NAME) : "";
        asked.object = LdapNames.extended(asked.argument);
    }

    private static @Nullable String text(Der at) {
        return at.size() == 0 ? null : at.text(MAX_NAME);
    }

    // ---- answers

    private void answer(long id, int tag, Der in) {
        if (!in.next(Der.ENUMERATED)) {
            return;
        }
        int code = in.octet(in.size() - 1);
        in.next(Der.OCTET_STRING);
        String diagnosis = in.next(Der.OCTET_STRING) ? text(in) : null;
        while (tag == BOUND && in.next()) { // a referral may stand before the token
            if (in.tag() == SERVER_TOKEN) {
                logon.token(Bytes.of(in.contents()), connection.now());
            }
        }
        if (tag == BOUND && code != 14) {
            logon.decided(code == 0, connection.now());
        }
        Asked asked = open.remove(id);
        say(id, asked == null ? orphan(tag) : asked, LdapNames.result(code), diagnosis);
        if (asked != null && START_TLS.equals(asked.argument) && code == 0) {
            connection.inner();
        }
    }

    /// The request of an answer whose request was not seen.
    private Asked orphan(int tag) {
        String opcode =
                switch (tag) {
                    case BOUND -> "bind";
                    case 0x67 -> "modify";
                    case 0x69 -> "add";
                    case 0x6b -> "delete";
                    case 0x6d -> "modify DN";
                    case 0x6f -> "compare";
                    default -> "extended";
                };
        return new Asked(connection.now(), tag == DONE ? SEARCH : tag, opcode);
    }

    private void say(long id, Asked asked, @Nullable String result, @Nullable String diagnosis) {
        long now = connection.now();
        if (asked.operation == SEARCH) {
            boolean known = asked.filter != null;
            connection.emit(
                    new LdapSearch(
                            asked.ts,
                            now,
                            connection.uid(),
                            connection.id(),
                            connection.proto(),
                            id,
                            known ? LdapNames.scope(asked.scope) : null,
                            known ? LdapNames.aliases(asked.aliases) : null,
                            asked.object,
                            asked.found,
                            result,
                            diagnosis,
                            asked.filter,
                            asked.attributes.isEmpty() ? null : asked.attributes));
            return;
        }
        boolean isExtended = asked.operation == EXTENDED;
        connection.emit(
                new Ldap(
                        asked.ts,
                        now,
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        id,
                        asked.version,
                        asked.opcode,
                        result,
                        diagnosis,
                        asked.object,
                        isExtended ? null : asked.argument));
    }

    void close() {
        open.forEach((id, asked) -> say(id, asked, null, null));
        open.clear();
        logon.close(connection.now());
    }
}
