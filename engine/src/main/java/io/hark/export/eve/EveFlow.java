package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Conn;
import org.jspecify.annotations.Nullable;

/// A connection: Suricata's `flow`. At the end of a capture Suricata ends all flows at once, so the
/// reason is always `shutdown`.
public final class EveFlow implements EveMapping<Conn> {

    private static final int ICMP_V4 = 1;
    private static final int ICMP_V6 = 58;
    private static final int SCTP = 132;
    private static final long SECOND = 1_000_000_000L;

    private static final String[] FLAGS = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};

    private static final Key VLAN = new Key("vlan");
    private static final Key ICMP_TYPE = new Key("icmp_type");
    private static final Key ICMP_CODE = new Key("icmp_code");
    private static final Key ANSWER_TYPE = new Key("response_icmp_type");
    private static final Key ANSWER_CODE = new Key("response_icmp_code");
    private static final Key APP_PROTO = new Key("app_proto");
    private static final Key APP_PROTO_ORIG = new Key("app_proto_orig");
    private static final Key COMMUNITY_ID = new Key("community_id");
    private static final Key FLOW = new Key("flow");
    private static final Key PKTS_TS = new Key("pkts_toserver");
    private static final Key PKTS_TC = new Key("pkts_toclient");
    private static final Key BYTES_TS = new Key("bytes_toserver");
    private static final Key BYTES_TC = new Key("bytes_toclient");
    private static final Key START = new Key("start");
    private static final Key END = new Key("end");
    private static final Key AGE = new Key("age");
    private static final Key STATE = new Key("state");
    private static final Key REASON = new Key("reason");
    private static final Key ALERTED = new Key("alerted");
    private static final Key TCP = new Key("tcp");
    private static final Key TCP_FLAGS = new Key("tcp_flags");
    private static final Key TCP_FLAGS_TS = new Key("tcp_flags_ts");
    private static final Key TCP_FLAGS_TC = new Key("tcp_flags_tc");
    private static final Key REGIONS_TS = new Key("ts_max_regions");
    private static final Key REGIONS_TC = new Key("tc_max_regions");
    private static final Key[] FLAG_KEYS = flagKeys();

    /// The mapping.
    public EveFlow() {}

    private static Key[] flagKeys() {
        Key[] keys = new Key[FLAGS.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new Key(FLAGS[i]);
        }
        return keys;
    }

    @Override
    public Class<Conn> kind() {
        return Conn.class;
    }

    @Override
    public void write(Conn conn, EveLines out) {
        int protocol = conn.ip_proto();
        boolean tcp = protocol == EveLines.TCP;
        boolean ports = tcp || protocol == EveLines.UDP || protocol == SCTP;
        JsonWriter json = out.beginFlow("flow", conn.seen(), conn, protocol, ports);
        vlan(conn, json);
        if (protocol == ICMP_V4 || protocol == ICMP_V6) {
            icmp(conn, json);
        }
        application(conn, json);
        json.text(COMMUNITY_ID, conn.community_id());
        String tcpState = tcp ? EveTcpState.of(conn) : null;
        flow(conn, tcpState, tcp, json, out);
        if (tcp) {
            tcp(conn, tcpState, json);
        }
        out.end();
    }

    private static void vlan(Conn conn, JsonWriter json) {
        if (conn.vlan() != null) {
            var list = json.field(VLAN).put('[').number(conn.vlan());
            if (conn.inner_vlan() != null) {
                list.put(',').number(conn.inner_vlan());
            }
            list.put(']');
        }
    }

    /// Of what is answered, Zeek's columns hold both types and no code: it is 0 there.
    private static void icmp(Conn conn, JsonWriter json) {
        boolean answered = conn.resp_pkts() > 0;
        json.number(ICMP_TYPE, conn.id().orig_p());
        json.number(ICMP_CODE, answered || isEcho(conn) ? 0 : conn.id().resp_p());
        if (answered) {
            json.number(ANSWER_TYPE, conn.id().resp_p()).number(ANSWER_CODE, 0);
        }
    }

    private static boolean isEcho(Conn conn) {
        int type = conn.id().orig_p();
        return conn.ip_proto() == ICMP_V4 ? type == 8 || type == 0 : type == 128 || type == 129;
    }

    /// The innermost protocol, and the one that led to it beside it. What only rides on another is
    /// that one to Suricata: calls in SMB's pipes, TLS and HTTP/3 in QUIC.
    private static void application(Conn conn, JsonWriter json) {
        String service = conn.service();
        String carrier = service == null ? null : EveProto.carrier(service);
        if (carrier != null) {
            json.text(APP_PROTO, carrier);
            json.text(APP_PROTO_ORIG, carrier.equals("doh2") ? "http2" : null);
        } else if (service != null) {
            int comma = service.lastIndexOf(',');
            int port = conn.id().resp_p();
            json.text(APP_PROTO, EveProto.application(service.substring(comma + 1), port));
            if (comma > 0) {
                int first = service.indexOf(',');
                json.text(APP_PROTO_ORIG, EveProto.application(service.substring(0, first), port));
            }
        } else if (sent(conn.orig_bytes()) || sent(conn.resp_bytes())) {
            boolean looked = conn.ip_proto() == EveLines.TCP || conn.ip_proto() == EveLines.UDP;
            json.text(APP_PROTO, looked ? "failed" : null);
        }
    }

    private static boolean sent(@Nullable Long bytes) {
        return bytes != null && bytes > 0;
    }

    private static void flow(
            Conn conn, @Nullable String tcpState, boolean tcp, JsonWriter json, EveLines out) {
        long end = conn.ts() + (conn.duration() == null ? 0 : conn.duration());
        json.object(FLOW);
        json.number(PKTS_TS, conn.orig_pkts()).number(PKTS_TC, conn.resp_pkts());
        json.number(BYTES_TS, conn.orig_frame_bytes()).number(BYTES_TC, conn.resp_frame_bytes());
        out.time(START, conn.ts());
        out.time(END, end);
        json.number(AGE, Math.floorDiv(end, SECOND) - Math.floorDiv(conn.ts(), SECOND));
        boolean both = conn.orig_pkts() > 0 && conn.resp_pkts() > 0;
        json.text(STATE, tcp ? EveTcpState.ofFlow(tcpState) : both ? "established" : "new");
        json.text(REASON, "shutdown").flag(ALERTED, false);
        json.end();
    }

    private static void tcp(Conn conn, @Nullable String state, JsonWriter json) {
        int orig = conn.orig_tcp_flags() == null ? 0 : conn.orig_tcp_flags();
        int resp = conn.resp_tcp_flags() == null ? 0 : conn.resp_tcp_flags();
        int all = orig | resp;
        json.object(TCP);
        flags(TCP_FLAGS, all, json);
        flags(TCP_FLAGS_TS, orig, json);
        flags(TCP_FLAGS_TC, resp, json);
        for (int bit = 0; bit < FLAG_KEYS.length; bit++) {
            if ((all >>> bit & 1) != 0) {
                json.flag(FLAG_KEYS[bit], true);
            }
        }
        json.text(STATE, state);
        if (state != null) {
            json.number(REGIONS_TS, 1).number(REGIONS_TC, 1);
        }
        json.end();
    }

    private static void flags(Key key, int flags, JsonWriter json) {
        json.field(key).put('"').hex(flags, 2).put('"');
    }
}
