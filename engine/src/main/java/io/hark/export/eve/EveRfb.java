package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Rfb;
import org.jspecify.annotations.Nullable;

/// A VNC connection.
public final class EveRfb implements EveMapping<Rfb> {

    private static final Key RFB = new Key("rfb");
    private static final Key SERVER = new Key("server_protocol_version");
    private static final Key CLIENT = new Key("client_protocol_version");
    private static final Key MAJOR = new Key("major");
    private static final Key MINOR = new Key("minor");
    private static final Key AUTHENTICATION = new Key("authentication");
    private static final Key SECURITY_TYPE = new Key("security_type");
    private static final Key SECURITY_RESULT = new Key("security_result");
    private static final Key REASON = new Key("server_security_failure_reason");
    private static final Key SCREEN_SHARED = new Key("screen_shared");
    private static final Key FRAMEBUFFER = new Key("framebuffer");
    private static final Key WIDTH = new Key("width");
    private static final Key HEIGHT = new Key("height");
    private static final Key NAME = new Key("name");

    /// The mapping.
    public EveRfb() {}

    @Override
    public Class<Rfb> kind() {
        return Rfb.class;
    }

    @Override
    public void write(Rfb rfb, EveLines out) {
        JsonWriter json = out.begin("rfb", rfb.ts(), rfb, EveLines.TCP, false).object(RFB);
        version(SERVER, rfb.server_major_version(), rfb.server_minor_version(), json);
        version(CLIENT, rfb.client_major_version(), rfb.client_minor_version(), json);
        if (rfb.authentication_method() != null) {
            json.object(AUTHENTICATION).number(SECURITY_TYPE, type(rfb.authentication_method()));
            if (rfb.auth() != null) {
                json.text(SECURITY_RESULT, rfb.auth() ? "OK" : "FAIL");
            }
            json.end();
        }
        json.text(REASON, rfb.failure_reason());
        if (rfb.share_flag() != null) {
            json.flag(SCREEN_SHARED, rfb.share_flag());
        }
        if (rfb.width() != null) {
            json.object(FRAMEBUFFER).number(WIDTH, rfb.width()).number(HEIGHT, rfb.height());
            json.text(NAME, rfb.desktop_name()).end();
        }
        json.end();
        out.end();
    }

    private static void version(
            Key key, @Nullable String major, @Nullable String minor, JsonWriter json) {
        if (major != null) {
            json.object(key).text(MAJOR, major).text(MINOR, minor).end();
        }
    }

    /// The number of a way of logging in; null where the event's word tells none.
    private static @Nullable Integer type(String method) {
        return switch (method) {
            case "None" -> 1;
            case "VNC" -> 2;
            case "RA2" -> 5;
            case "RA2ne" -> 6;
            case "Tight" -> 16;
            case "Ultra" -> 17;
            case "TLS" -> 18;
            case "VeNCrypt" -> 19;
            case "GTK-VNC SASL" -> 20;
            case "MD5 hash authentication" -> 21;
            case "Colin Dean xvp" -> 22;
            case "Apple Remote Desktop" -> 30;
            default -> null;
        };
    }
}
