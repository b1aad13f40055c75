package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.bytes.TextBuffer;
import io.hark.event.Ssl;
import org.jspecify.annotations.Nullable;

/// A TLS handshake, of which Suricata tells if it showed a certificate, resumed a session, or is
/// TLS 1.3, where certificates are hidden.
public final class EveTls implements EveMapping<Ssl> {

    private static final int TIME_TO_SECONDS = 19; // characters of 2026-07-21T14:03:59

    private static final Key TLS = new Key("tls");
    private static final Key SUBJECT = new Key("subject");
    private static final Key ISSUER = new Key("issuerdn");
    private static final Key NAMES = new Key("subjectaltname");
    private static final Key SERIAL = new Key("serial");
    private static final Key FINGERPRINT = new Key("fingerprint");
    private static final Key SNI = new Key("sni");
    private static final Key VERSION = new Key("version");
    private static final Key NOT_BEFORE = new Key("notbefore");
    private static final Key NOT_AFTER = new Key("notafter");
    private static final Key RESUMED = new Key("session_resumed");
    private static final Key JA3 = new Key("ja3");
    private static final Key JA3S = new Key("ja3s");
    private static final Key HASH = new Key("hash");
    private static final Key JA4 = new Key("ja4");
    private static final Key CLIENT_ALPNS = new Key("client_alpns");
    private static final Key SERVER_ALPNS = new Key("server_alpns");

    /// The mapping.
    public EveTls() {}

    @Override
    public Class<Ssl> kind() {
        return Ssl.class;
    }

    @Override
    public void write(Ssl ssl, EveLines out) {
        String version = ssl.version();
        if (!ssl.proto().equals("tcp")) {
            return; // QUIC is an event type of its own, DTLS none
        }
        boolean hides = version != null && version.startsWith("TLSv13");
        if (ssl.cert_serial() == null && !ssl.resumed() && !hides) {
            return;
        }
        JsonWriter json = out.begin("tls", ssl.ts(), ssl, EveLines.TCP, false).object(TLS);
        if (ssl.cert_serial() != null) {
            json.text(SUBJECT, EveName.of(ssl.subject())).text(ISSUER, EveName.of(ssl.issuer()));
            json.texts(NAMES, ssl.cert_names());
            json.text(SERIAL, serial(ssl.cert_serial()));
            json.text(FINGERPRINT, colons(ssl.cert_sha1()));
        }
        if (ssl.resumed()) {
            json.flag(RESUMED, true);
        }
        json.text(SNI, ssl.server_name()).text(VERSION, version(version));
        date(NOT_BEFORE, ssl.cert_not_before(), json);
        date(NOT_AFTER, ssl.cert_not_after(), json);
        hash(JA3, ssl.ja3(), json);
        hash(JA3S, ssl.ja3s(), json);
        json.text(JA4, ssl.ja4()).texts(CLIENT_ALPNS, ssl.client_protocols());
        if (ssl.next_protocol() != null) {
            json.list(SERVER_ALPNS).item(ssl.next_protocol()).endList();
        }
        json.end();
        out.end();
    }

    private static void hash(Key key, @Nullable String hash, JsonWriter json) {
        if (hash != null) {
            json.object(key).text(HASH, hash).end();
        }
    }

    /// Octets in DER: a positive number whose first bit is set has a zero in front.
    private static @Nullable String serial(String hex) {
        boolean high = !hex.isEmpty() && hex.charAt(0) >= '8'; // letters, too
        return colons(high ? "00" + hex : hex);
    }

    private static @Nullable String colons(@Nullable String hex) {
        if (hex == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(hex.length() * 3 / 2);
        for (int i = 0; i < hex.length(); i++) {
            if (i > 0 && i % 2 == 0) {
                text.append(':');
            }
            text.append(hex.charAt(i));
        }
        return text.toString();
    }

    private static void date(Key key, @Nullable Long nanos, JsonWriter json) {
        if (nanos != null) {
            TextBuffer out = json.field(key).put('"');
            int start = out.size();
            out.time(nanos);
            out.advance(start + TIME_TO_SECONDS);
            out.put('"');
        }
    }

    private static String version(@Nullable String zeek) {
        return zeek == null
                ? "UNDETERMINED"
                : switch (zeek) {
                    case "TLSv10" -> "TLSv1";
                    case "TLSv11" -> "TLS 1.1";
                    case "TLSv12" -> "TLS 1.2";
                    case "TLSv13" -> "TLS 1.3";
                    default -> zeek.replace("TLSv13-draft", "TLS 1.3 draft-");
                };
    }
}
