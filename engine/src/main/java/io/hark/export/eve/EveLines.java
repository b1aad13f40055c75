package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.bytes.TextBuffer;
import io.hark.event.Endpoints;
import io.hark.event.OfConnection;
import io.hark.format.CommunityId;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// The lines of one event: writes what all of them begin with, then hands out the writer for what
/// is of the kind.
///
/// *Thread*: one owner.
public final class EveLines {

    /// IP's number of TCP.
    public static final int TCP = 6;

    /// IP's number of UDP.
    public static final int UDP = 17;

    /// Bits of a flow's id: as many as Suricata's, which programs that read numbers as floating
    /// point still tell apart.
    private static final int FLOW_ID_BITS = 51;

    private static final long FNV_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private static final Key TIMESTAMP = new Key("timestamp");
    private static final Key FLOW_ID = new Key("flow_id");
    private static final Key PCAP_CNT = new Key("pcap_cnt");
    private static final Key EVENT_TYPE = new Key("event_type");
    private static final Key SRC_IP = new Key("src_ip");
    private static final Key SRC_PORT = new Key("src_port");
    private static final Key DEST_IP = new Key("dest_ip");
    private static final Key DEST_PORT = new Key("dest_port");
    private static final Key PROTO = new Key("proto");
    private static final Key IP_V = new Key("ip_v");
    private static final Key PKT_SRC = new Key("pkt_src");
    private static final Key COMMUNITY_ID = new Key("community_id");

    private final TextBuffer out;
    private final JsonWriter json;
    private final long frame;

    /// @param frame number of the frame that the event was told at, from 1, or 0
    EveLines(TextBuffer out, long frame) {
        this.out = out;
        this.json = new JsonWriter(out);
        this.frame = frame;
    }

    /// Begins a line about no connection.
    public JsonWriter begin(String type, long ts) {
        json.line();
        time(TIMESTAMP, ts);
        return json.text(EVENT_TYPE, type);
    }

    /// Begins a line about a packet of a connection, TCP or UDP.
    ///
    /// @param fromResponder whether the responder is its source
    public JsonWriter begin(
            String type, long ts, OfConnection of, int protocol, boolean fromResponder) {
        return begin(type, ts, of.uid(), of.id(), protocol, fromResponder);
    }

    /// Begins a line about a packet of a connection, TCP or UDP.
    ///
    /// @param uid the connection's id, if it has one
    /// @param fromResponder whether the responder is its source
    public JsonWriter begin(
            String type,
            long ts,
            @Nullable String uid,
            Endpoints id,
            int protocol,
            boolean fromResponder) {
        json.line();
        time(TIMESTAMP, ts);
        if (uid != null) {
            json.number(FLOW_ID, flowId(uid));
        }
        if (frame > 0) {
            json.number(PCAP_CNT, frame);
        }
        json.text(EVENT_TYPE, type);
        Addr source = fromResponder ? id.resp_h() : id.orig_h();
        addr(SRC_IP, source);
        json.number(SRC_PORT, fromResponder ? id.resp_p() : id.orig_p());
        addr(DEST_IP, fromResponder ? id.orig_h() : id.resp_h());
        json.number(DEST_PORT, fromResponder ? id.orig_p() : id.resp_p());
        json.text(PROTO, EveProto.of(protocol)).number(IP_V, source.isV4() ? 4 : 6);
        json.text(PKT_SRC, frame > 0 ? "wire/pcap" : "stream (flow timeout)");
        json.text(
                COMMUNITY_ID,
                new CommunityId().of(id.orig_h(), id.orig_p(), id.resp_h(), id.resp_p(), protocol));
        return json;
    }

    /// Begins a line about a whole connection of any transport, without ports and Community ID.
    JsonWriter beginFlow(String type, long ts, OfConnection of, int protocol, boolean hasPorts) {
        json.line();
        time(TIMESTAMP, ts);
        json.number(FLOW_ID, flowId(of.uid())).text(EVENT_TYPE, type);
        addr(SRC_IP, of.id().orig_h());
        if (hasPorts) {
            json.number(SRC_PORT, of.id().orig_p());
        }
        addr(DEST_IP, of.id().resp_h());
        if (hasPorts) {
            json.number(DEST_PORT, of.id().resp_p());
        }
        return json.text(PROTO, EveProto.of(protocol))
                .number(IP_V, of.id().orig_h().isV4() ? 4 : 6);
    }

    /// Ends the line.
    public void end() {
        json.endLine();
    }

    /// A field with a time in EVE's form.
    public void time(Key key, long nanos) {
        json.field(key).put('"').time(nanos).put("+0000\"");
    }

    /// A field with an address in EVE's form: IPv6 with all its digits.
    public void addr(Key key, Addr addr) {
        json.field(key).put('"');
        addr(addr, out);
        out.put('"');
    }

    /// Appends an address in EVE's form.
    static void addr(Addr addr, TextBuffer out) {
        if (addr.isV4()) {
            out.advance(addr.write(out.room(Addr.MAX_TEXT), out.size()));
            return;
        }
        for (int group = 0; group < 8; group++) {
            long half = group < 4 ? addr.hi() : addr.lo();
            int bits = (int) (half >>> 48 - group % 4 * 16) & 0xffff;
            out.hex(bits, 4);
            if (group < 7) {
                out.put(':');
            }
        }
    }

    private static long flowId(String uid) {
        long hash = FNV_BASIS;
        for (int i = 0; i < uid.length(); i++) {
            hash = (hash ^ uid.charAt(i)) * FNV_PRIME;
        }
        return hash >>> Long.SIZE - FLOW_ID_BITS;
    }
}
