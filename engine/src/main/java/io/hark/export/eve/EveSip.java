package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Sip;

/// A SIP request, and its last answer in a line of its own.
public final class EveSip implements EveMapping<Sip> {

    private static final String VERSION_2 = "SIP/2.0"; // there is no other

    private static final Key SIP = new Key("sip");
    private static final Key METHOD = new Key("method");
    private static final Key URI = new Key("uri");
    private static final Key VERSION = new Key("version");
    private static final Key REQUEST_LINE = new Key("request_line");
    private static final Key CODE = new Key("code");
    private static final Key REASON = new Key("reason");
    private static final Key RESPONSE_LINE = new Key("response_line");

    /// The mapping.
    public EveSip() {}

    @Override
    public Class<Sip> kind() {
        return Sip.class;
    }

    @Override
    public void write(Sip sip, EveLines out) {
        int protocol = EveProto.number(sip.proto());
        if (sip.uri() != null) {
            JsonWriter json = out.begin("sip", sip.ts(), sip, protocol, false).object(SIP);
            json.text(METHOD, sip.method()).text(URI, sip.uri()).text(VERSION, VERSION_2);
            json.text(REQUEST_LINE, sip.method() + " " + sip.uri() + " " + VERSION_2).end();
            out.end();
        }
        if (sip.status_code() != null) {
            JsonWriter json = out.begin("sip", sip.seen(), sip, protocol, true).object(SIP);
            String code = Integer.toString(sip.status_code());
            String reason = sip.status_msg() == null ? "" : sip.status_msg();
            json.text(VERSION, VERSION_2).text(CODE, code).text(REASON, reason);
            json.text(RESPONSE_LINE, VERSION_2 + " " + code + " " + reason).end();
            out.end();
        }
    }
}
