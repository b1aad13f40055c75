package io.hark.parse.snmp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.Snmp;
import io.hark.format.asn1.Der;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts what was asked and answered on one connection, and tells it at the end.
///
/// ```
/// 1, 2c:  SEQUENCE { version, community, PDU }
/// 3:      SEQUENCE { version, SEQUENCE header, OCTET STRING security, SEQUENCE { engine, context, PDU } or ciphertext }
/// PDU:    [n] { request id, error, error index, SEQUENCE OF SEQUENCE { name, value } }
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 1157 §4, RFC 3416 §3, RFC 3412 §6.
final class SnmpSession implements DatagramParser.Session {

    static final int V2C = 1;
    static final int V3 = 3;

    private static final int GET = 0xa0;
    private static final int GET_NEXT = 0xa1;
    private static final int RESPONSE = 0xa2;
    private static final int SET = 0xa3;
    private static final int TRAP_1 = 0xa4;
    private static final int BULK = 0xa5;
    private static final int REPORT = 0xa8;

    private static final int MAX_VARIABLES = 4096; // of one message: more do not fit a datagram
    private static final int MAX_TEXT = 255; // octets of sysDescr (RFC 1213 DisplayString)
    private static final long TICK = 10_000_000L; // hundredths of a second
    private static final String SYS_DESCR = "1.3.6.1.2.1.1.1.0";
    private static final String SYS_UP_TIME = "1.3.6.1.2.1.1.3.0";

    /// Communities that are no secret: what everybody ships.
    private static final Set<String> KNOWN = Set.of("public", "private", "");

    private static final String HIDDEN = "<hidden>";

    private final Connection connection;
    private final long began;
    private long last;
    private int version = -1;
    private @Nullable String community;
    private @Nullable String user;
    private long gets;
    private long bulks;
    private long responses;
    private long sets;
    private @Nullable String description;
    private @Nullable Long upSince;

    SnmpSession(Connection connection) {
        this.connection = connection;
        this.began = connection.now();
        this.last = began;
    }

    static boolean isPdu(int tag) {
        return tag >= GET && tag <= REPORT;
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        last = connection.now();
        Der outer = Der.over(payload);
        Der in = outer.next(Der.SEQUENCE) ? outer.inside() : outer;
        if (!in.next(Der.INTEGER)) {
            payload.fail("no version");
            return;
        }
        int said = (int) in.number();
        version = version < 0 ? said : version;
        boolean whole = said == V3 ? version3(in) : versions12(in);
        if (whole) {
            connection.confirm();
        } else {
            payload.fail("broken message");
        }
    }

    private boolean versions12(Der in) {
        if (!in.next(Der.OCTET_STRING)) {
            return false;
        }
        String name = in.text(MAX_TEXT);
        community = KNOWN.contains(name) ? name : HIDDEN;
        return in.next() && pdu(in);
    }

    /// What is encrypted is an octet string: then only who asks is known.
    private boolean version3(Der in) {
        if (!in.next(Der.SEQUENCE) || !in.next(Der.OCTET_STRING)) {
            return false;
        }
        security(in.inside());
        if (!in.next() || in.tag() != Der.SEQUENCE) {
            return in.tag() == Der.OCTET_STRING;
        }
        Der scoped = in.inside();
        return scoped.next(Der.OCTET_STRING, Der.OCTET_STRING) && scoped.next() && pdu(scoped);
    }

    /// RFC 3414 §2.4: engine, boots, time, user.
    private void security(Der octets) {
        if (!octets.next(Der.SEQUENCE)) {
            return;
        }
        Der in = octets.inside();
        if (in.next(Der.OCTET_STRING, Der.INTEGER, Der.INTEGER, Der.OCTET_STRING)
                && in.size() > 0) {
            user = in.text(MAX_TEXT);
        }
    }

    private boolean pdu(Der at) {
        int type = at.tag();
        if (type == TRAP_1) {
            return true; // of another form, and counted nowhere
        }
        Der in = at.inside();
        if (!in.next(Der.INTEGER, Der.INTEGER, Der.INTEGER, Der.SEQUENCE)) {
            return false;
        }
        Der variables = in.inside();
        int count = 0;
        while (count < MAX_VARIABLES && variables.isNext(Der.SEQUENCE) && variables.next()) {
            count++;
            if (type == RESPONSE) {
                variable(variables.inside());
            }
        }
        switch (type) {
            case GET, GET_NEXT -> gets += count;
            case BULK -> bulks += count;
            case RESPONSE -> responses += count;
            case SET -> sets += count;
            default -> {}
        }
        return count == MAX_VARIABLES || !variables.next() && !variables.isBad();
    }

    private void variable(Der in) {
        if (!in.next(Der.OBJECT) || in.size() != 8) {
            return; // both of interest have nine arcs, eight octets
        }
        String name = in.object();
        if (!in.next()) {
            return;
        }
        if (name.equals(SYS_DESCR)) {
            description = in.text(MAX_TEXT);
        } else if (name.equals(SYS_UP_TIME)) {
            upSince = connection.now() - in.number() * TICK;
        }
    }

    @Override
    public void close() {
        if (version >= 0) {
            connection.emit(
                    new Snmp(
                            began,
                            connection.now(),
                            connection.uid(),
                            connection.id(),
                            last - began,
                            version == V2C ? "2c" : String.valueOf(version == 0 ? 1 : version),
                            community,
                            user,
                            gets,
                            bulks,
                            responses,
                            sets,
                            description,
                            upSince));
        }
    }
}
