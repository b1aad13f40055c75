package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.DnsDetail;
import io.hark.event.DnsDetail.Question;
import io.hark.event.DnsDetail.Section;
import io.hark.format.dns.DnsType;
import java.util.List;
import java.util.Locale;

/// A DNS message: `dns` in version 3 of its form. Multicast DNS has a form of its own; LLMNR and
/// NetBIOS names Suricata 8 does not read.
public final class EveDns implements EveMapping<DnsDetail> {

    static final int MDNS = 5353;
    static final int LLMNR = 5355;
    static final int NETBIOS = 137;

    private static final int VERSION = 3;
    private static final int REPLY = 0x8000;

    /// The flags behind the opcode, the highest first: RFC 1035 §4.1.1, RFC 4035 §3.
    private static final List<String> FLAG_NAMES = List.of("aa", "tc", "rd", "ra", "z", "ad", "cd");

    private static final int FIRST_FLAG = 0x400;
    private static final int MULTICAST_FLAGS = 0x7f0;

    private static final Key DNS = new Key("dns");
    private static final Key MDNS_KEY = new Key("mdns");
    private static final Key VERSION_KEY = new Key("version");
    private static final Key TYPE = new Key("type");
    private static final Key TX_ID = new Key("tx_id");
    private static final Key ID = new Key("id");
    private static final Key FLAGS = new Key("flags");
    private static final Key QR = new Key("qr");
    private static final Key AA = new Key("aa");
    private static final Key TC = new Key("tc");
    private static final Key RD = new Key("rd");
    private static final Key RA = new Key("ra");
    private static final Key Z = new Key("z");
    private static final Key OPCODE = new Key("opcode");
    private static final Key RCODE = new Key("rcode");
    private static final Key QUERIES = new Key("queries");
    private static final Key RRNAME = new Key("rrname");
    private static final Key RRTYPE = new Key("rrtype");
    private static final Key ANSWERS = new Key("answers");
    private static final Key AUTHORITIES = new Key("authorities");
    private static final Key ADDITIONALS = new Key("additionals");

    /// The mapping.
    public EveDns() {}

    @Override
    public Class<DnsDetail> kind() {
        return DnsDetail.class;
    }

    @Override
    public void write(DnsDetail dns, EveLines out) {
        boolean reply = (dns.flags() & REPLY) != 0;
        int port = dns.id().resp_p();
        if (port == NETBIOS || port == LLMNR) {
            return;
        }
        boolean multicast = port == MDNS;
        String type = multicast ? "mdns" : "dns";
        int protocol = EveProto.number(dns.proto());
        JsonWriter json =
                out.begin(type, dns.ts(), dns, protocol, reply && !multicast)
                        .object(multicast ? MDNS_KEY : DNS);
        if (!multicast) {
            json.number(VERSION_KEY, VERSION);
        }
        json.text(TYPE, reply ? "response" : "request");
        if (!multicast) {
            json.number(TX_ID, dns.number());
        }
        json.number(ID, dns.trans_id());
        if (multicast) {
            multicastHeader(dns.flags(), json);
        } else {
            header(dns.flags(), json);
        }
        queries(dns, multicast, json);
        EveDnsRecords records = new EveDnsRecords(json, multicast);
        records.section(ANSWERS, dns, Section.ANSWER);
        records.section(AUTHORITIES, dns, Section.AUTHORITY);
        records.section(ADDITIONALS, dns, Section.ADDITIONAL);
        if (!multicast) {
            records.grouped(dns);
        }
        json.end();
        out.end();
    }

    /// Flags by their names, the rest by number.
    private static void multicastHeader(int flags, JsonWriter json) {
        int named = flags & MULTICAST_FLAGS;
        if (named != 0) {
            json.list(FLAGS);
            for (int i = 0; i < FLAG_NAMES.size(); i++) {
                if ((named & FIRST_FLAG >>> i) != 0) {
                    json.item(FLAG_NAMES.get(i));
                }
            }
            json.endList();
        }
        json.number(OPCODE, flags >>> 11 & 0xf).number(RCODE, flags & 0xf);
    }

    private static void header(int flags, JsonWriter json) {
        json.field(FLAGS).put('"').put(Integer.toHexString(flags)).put('"');
        bit(QR, flags, REPLY, json);
        bit(AA, flags, 0x400, json);
        bit(TC, flags, 0x200, json);
        bit(RD, flags, 0x100, json);
        bit(RA, flags, 0x80, json);
        bit(Z, flags, 0x40, json);
        json.number(OPCODE, flags >>> 11 & 0xf).text(RCODE, DnsType.rcodeName(flags & 0xf));
    }

    private static void bit(Key key, int flags, int bit, JsonWriter json) {
        if ((flags & bit) != 0) {
            json.flag(key, true);
        }
    }

    private static void queries(DnsDetail dns, boolean multicast, JsonWriter json) {
        if (dns.questions().isEmpty()) {
            return;
        }
        json.list(QUERIES);
        for (Question question : dns.questions()) {
            String type = EveDnsRecords.type(question.qtype());
            json.object().text(RRNAME, question.name());
            json.text(RRTYPE, multicast ? type.toLowerCase(Locale.ROOT) : type).end();
        }
        json.endList();
    }
}
