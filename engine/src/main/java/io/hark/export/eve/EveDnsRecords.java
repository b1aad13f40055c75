package io.hark.export.eve;

import io.hark.bytes.BigEndian;
import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.DnsDetail;
import io.hark.event.DnsDetail.Resource;
import io.hark.event.DnsDetail.Section;
import io.hark.format.dns.DnsName;
import io.hark.format.dns.DnsText;
import io.hark.format.dns.DnsType;
import io.hark.schema.Addr;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a DNS message in EVE's form: a list a section, and the answers once more grouped
/// by type. Each string of a TXT record is an entry of its own, as in Suricata.
///
/// @param multicast whether they are of multicast DNS: names, and of answers and additional records
///   pointers and texts under the name of their type. The schema of Suricata 8 has no more, though
///   its program writes addresses, too
record EveDnsRecords(JsonWriter json, boolean multicast) {

    private static final int SSHFP = 44;
    private static final int SSHFP_HEADER = 2;
    private static final int SRV_HEADER = 6;
    private static final int MX_HEADER = 2;
    private static final int SOA_NUMBERS = 20;
    private static final int OPTION_HEADER = 4;

    /// The most strings of a TXT record that are shown: a message has room for 64 KB of empty ones.
    private static final int MAX_STRINGS = 512;

    private static final List<Integer> GROUPS =
            List.of(
                    DnsType.A,
                    DnsType.AAAA,
                    DnsType.CNAME,
                    DnsType.MX,
                    DnsType.NS,
                    DnsType.NULL,
                    DnsType.PTR,
                    DnsType.SOA,
                    DnsType.SRV,
                    DnsType.TXT,
                    SSHFP);

    private static final Key RRNAME = new Key("rrname");
    private static final Key RRTYPE = new Key("rrtype");
    private static final Key TTL = new Key("ttl");
    private static final Key RDATA = new Key("rdata");
    private static final Key GROUPED = new Key("grouped");
    private static final Key SOA = new Key("soa");
    private static final Key SRV = new Key("srv");
    private static final Key SSHFP_KEY = new Key("sshfp");
    private static final Key OPT = new Key("opt");
    private static final Key PTR = new Key("ptr");
    private static final Key TXT = new Key("txt");
    private static final Key CODE = new Key("code");
    private static final Key DATA = new Key("data");
    private static final Key MNAME = new Key("mname");
    private static final Key RNAME = new Key("rname");
    private static final Key SERIAL = new Key("serial");
    private static final Key REFRESH = new Key("refresh");
    private static final Key RETRY = new Key("retry");
    private static final Key EXPIRE = new Key("expire");
    private static final Key MINIMUM = new Key("minimum");
    private static final Key PRIORITY = new Key("priority");
    private static final Key WEIGHT = new Key("weight");
    private static final Key PORT = new Key("port");
    private static final Key NAME = new Key("name");
    private static final Key FINGERPRINT = new Key("fingerprint");
    private static final Key ALGO = new Key("algo");
    private static final Key TYPE = new Key("type");

    /// The name of a type.
    static String type(int type) {
        return type == DnsType.ANY ? "ANY" : DnsType.name(type);
    }

    /// Writes a section; nothing where it is empty.
    void section(Key key, DnsDetail dns, Section section) {
        boolean begun = false;
        for (Resource record : dns.records()) {
            if (record.section() == section) {
                if (!begun) {
                    json.list(key);
                    begun = true;
                }
                record(record);
            }
        }
        if (begun) {
            json.endList();
        }
    }

    private void record(Resource record) {
        if (multicast) {
            ofMulticast(record);
            return;
        }
        if (record.rtype() == DnsType.TXT) {
            byte[] data = record.data();
            int at = 0;
            for (int i = 0; i < MAX_STRINGS && (i == 0 || at < data.length); i++) {
                head(record);
                json.text(RDATA, string(data, at)).end();
                at = behindString(data, at);
            }
            return;
        }
        head(record);
        data(record);
        json.end();
    }

    private void ofMulticast(Resource record) {
        json.object().text(RRNAME, record.name());
        if (record.section() != Section.AUTHORITY) {
            if (record.rtype() == DnsType.PTR) {
                json.text(PTR, DnsName.at(record.data(), 0).asWritten());
            } else if (record.rtype() == DnsType.TXT) {
                strings(record.data());
            }
        }
        json.end();
    }

    private void head(Resource record) {
        json.object().text(RRNAME, record.name());
        json.text(RRTYPE, type(record.rtype()));
        json.number(TTL, record.ttl());
    }

    private void data(Resource record) {
        byte[] data = record.data();
        switch (record.rtype()) {
            case DnsType.SOA -> soa(json.object(SOA), data);
            case DnsType.SRV -> srv(json.object(SRV), data);
            case SSHFP -> sshfp(json.object(SSHFP_KEY), data);
            case DnsType.OPT -> options(data);
            default -> {
                String text = text(record);
                if (text != null) {
                    json.text(RDATA, text);
                }
            }
        }
    }

    /// Data that is one text; null where Suricata shows none.
    private static @Nullable String text(Resource record) {
        byte[] data = record.data();
        return switch (record.rtype()) {
            case DnsType.A, DnsType.AAAA -> address(data);
            case DnsType.NS, DnsType.CNAME, DnsType.PTR -> DnsName.at(data, 0).asWritten();
            case DnsType.MX -> DnsName.at(data, MX_HEADER).asWritten();
            case DnsType.NULL -> DnsText.shown(data, 0, data.length);
            default -> null;
        };
    }

    private static String address(byte[] data) {
        var text = new io.hark.bytes.TextBuffer(Addr.MAX_TEXT);
        if (data.length == 4) {
            EveLines.addr(Addr.v4(BigEndian.i32(data, 0)), text);
        } else if (data.length == 16) {
            EveLines.addr(new Addr(BigEndian.i64(data, 0), BigEndian.i64(data, 8)), text);
        }
        return text.toString();
    }

    private void strings(byte[] data) {
        if (data.length == 0) {
            return;
        }
        json.list(TXT);
        int at = 0;
        for (int i = 0; i < MAX_STRINGS && at < data.length; i++) {
            json.item(string(data, at));
            at = behindString(data, at);
        }
        json.endList();
    }

    private static String string(byte[] data, int at) {
        return at >= data.length ? "" : DnsText.shown(data, at + 1, behindString(data, at));
    }

    private static int behindString(byte[] data, int at) {
        return at >= data.length ? at : Math.min(data.length, at + 1 + (data[at] & 0xff));
    }

    private static void soa(JsonWriter json, byte[] data) {
        int second = DnsName.end(data, 0);
        int numbers = DnsName.end(data, second);
        json.text(MNAME, DnsName.at(data, 0).asWritten());
        json.text(RNAME, DnsName.at(data, second).asWritten());
        if (data.length - numbers >= SOA_NUMBERS) {
            json.number(SERIAL, BigEndian.u32(data, numbers));
            json.number(REFRESH, BigEndian.u32(data, numbers + 4));
            json.number(RETRY, BigEndian.u32(data, numbers + 8));
            json.number(EXPIRE, BigEndian.u32(data, numbers + 12));
            json.number(MINIMUM, BigEndian.u32(data, numbers + 16));
        }
        json.end();
    }

    private static void srv(JsonWriter json, byte[] data) {
        if (data.length >= SRV_HEADER) {
            json.number(PRIORITY, BigEndian.u16(data, 0));
            json.number(WEIGHT, BigEndian.u16(data, 2));
            json.number(PORT, BigEndian.u16(data, 4));
            json.text(NAME, DnsName.at(data, SRV_HEADER).asWritten());
        }
        json.end();
    }

    private static void sshfp(JsonWriter json, byte[] data) {
        if (data.length >= SSHFP_HEADER) {
            json.text(
                    FINGERPRINT,
                    HexFormat.ofDelimiter(":").formatHex(data, SSHFP_HEADER, data.length));
            json.number(ALGO, data[0] & 0xff).number(TYPE, data[1] & 0xff);
        }
        json.end();
    }

    private void options(byte[] data) {
        if (data.length < OPTION_HEADER) {
            return;
        }
        json.list(OPT);
        int at = 0;
        while (data.length - at >= OPTION_HEADER) { // every turn takes at least four octets
            int to = Math.min(data.length, at + OPTION_HEADER + BigEndian.u16(data, at + 2));
            json.object().number(CODE, BigEndian.u16(data, at));
            json.text(DATA, HexFormat.of().formatHex(data, at + OPTION_HEADER, to)).end();
            at = to;
        }
        json.endList();
    }

    /// Writes the answers by type.
    void grouped(DnsDetail dns) {
        boolean begun = false;
        for (int type : GROUPS) {
            boolean in = false;
            for (Resource record : dns.records()) {
                if (record.section() != Section.ANSWER || record.rtype() != type) {
                    continue;
                }
                if (!begun) {
                    json.object(GROUPED);
                    begun = true;
                }
                if (!in) {
                    json.list(new Key(type(type)));
                    in = true;
                }
                group(record);
            }
            if (in) {
                json.endList();
            }
        }
        if (begun) {
            json.end();
        }
    }

    private void group(Resource record) {
        byte[] data = record.data();
        switch (record.rtype()) {
            case DnsType.SOA -> soa(json.object(), data);
            case DnsType.SRV -> srv(json.object(), data);
            case SSHFP -> sshfp(json.object(), data);
            case DnsType.TXT -> {
                int at = 0;
                for (int i = 0; i < MAX_STRINGS && (i == 0 || at < data.length); i++) {
                    json.item(string(data, at));
                    at = behindString(data, at);
                }
            }
            default -> {
                String text = text(record);
                if (text != null) {
                    json.item(text);
                }
            }
        }
    }
}
