package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Kerberos;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a key distribution centre answered. Like Suricata, nothing is told of a request without an
/// answer, nor of tickets that other protocols carry.
public final class EveKrb5 implements EveMapping<Kerberos> {

    private static final Key KRB5 = new Key("krb5");
    private static final Key TYPE = new Key("msg_type");
    private static final Key FAILED = new Key("failed_request");
    private static final Key ERROR = new Key("error_code");
    private static final Key CLIENT = new Key("cname");
    private static final Key REALM = new Key("realm");
    private static final Key SERVICE = new Key("sname");
    private static final Key TICKET = new Key("ticket_encryption");
    private static final Key IS_WEAK = new Key("ticket_weak_encryption");

    private static final String NOT_TOLD = "<empty>"; // Suricata's word

    /// The mapping.
    public EveKrb5() {}

    @Override
    public Class<Kerberos> kind() {
        return Kerberos.class;
    }

    @Override
    public void write(Kerberos kerberos, EveLines out) {
        String asked = kerberos.request_type();
        if (kerberos.success() == null || "AP".equals(asked)) {
            return;
        }
        int protocol = EveProto.number(kerberos.proto());
        JsonWriter json = out.begin("krb5", kerberos.seen(), kerberos, protocol, false);
        json.object(KRB5);
        if (kerberos.success()) {
            json.text(TYPE, "KRB_" + asked + "_REP");
        } else {
            json.text(TYPE, "KRB_ERROR");
            json.text(FAILED, asked == null ? "UNKNOWN" : "KRB_" + asked + "_REQ");
            json.text(ERROR, kerberos.error_msg());
        }
        String client = kerberos.client() == null ? "" : kerberos.client();
        int slash = client.lastIndexOf('/'); // what stands behind is the realm
        json.text(CLIENT, told(slash < 0 ? client : client.substring(0, slash)));
        json.text(REALM, told(slash < 0 ? "" : client.substring(slash + 1)));
        json.text(SERVICE, told(kerberos.service()));
        String cipher = kerberos.cipher();
        if (kerberos.success() && cipher != null) {
            json.text(TICKET, cipher.toUpperCase(Locale.ROOT).replace('-', '_'));
            json.flag(IS_WEAK, isWeak(cipher));
        }
        json.end();
        out.end();
    }

    private static String told(@Nullable String text) {
        return text == null || text.isEmpty() ? NOT_TOLD : text;
    }

    /// RFC 6649 and RFC 8429: DES, triple DES and RC4 are to be used no more.
    private static boolean isWeak(String cipher) {
        return cipher.startsWith("des") || cipher.startsWith("rc4");
    }
}
