package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.QuicDetail;
import org.jspecify.annotations.Nullable;

/// A hello in QUIC.
public final class EveQuic implements EveMapping<QuicDetail> {

    private static final int SERVER_NAME = 0;

    private static final Key QUIC = new Key("quic");
    private static final Key VERSION = new Key("version");
    private static final Key SNI = new Key("sni");
    private static final Key UA = new Key("ua");
    private static final Key JA3 = new Key("ja3");
    private static final Key HASH = new Key("hash");
    private static final Key JA4 = new Key("ja4");
    private static final Key EXTENSIONS = new Key("extensions");
    private static final Key NAME = new Key("name");
    private static final Key TYPE = new Key("type");
    private static final Key VALUES = new Key("values");

    /// The mapping.
    public EveQuic() {}

    @Override
    public Class<QuicDetail> kind() {
        return QuicDetail.class;
    }

    @Override
    public void write(QuicDetail quic, EveLines out) {
        JsonWriter json = out.begin("quic", quic.ts(), quic, EveLines.UDP, quic.from_server());
        json.object(QUIC).text(VERSION, quic.version()).text(SNI, quic.server_name());
        json.text(UA, quic.user_agent());
        if (quic.ja3() != null) {
            json.object(JA3).text(HASH, quic.ja3()).end();
        }
        json.text(JA4, quic.ja4());
        if (quic.extensions().length > 0) {
            json.list(EXTENSIONS);
            for (long type : quic.extensions()) {
                extension((int) type, quic.server_name(), json);
            }
            json.endList();
        }
        json.end();
        out.end();
    }

    private static void extension(int type, @Nullable String serverName, JsonWriter json) {
        json.object().text(NAME, name(type)).number(TYPE, type);
        if (type == SERVER_NAME && serverName != null) {
            json.list(VALUES).item(serverName).endList();
        }
        json.end();
    }

    /// The name of an extension; null where the registry has none. *Source*: IANA, TLS
    /// ExtensionType Values.
    private static @Nullable String name(int type) {
        return switch (type) {
            case SERVER_NAME -> "server_name";
            case 1 -> "max_fragment_length";
            case 5 -> "status_request";
            case 10 -> "supported_groups";
            case 11 -> "ec_point_formats";
            case 13 -> "signature_algorithms";
            case 16 -> "alpn";
            case 18 -> "signed_certificate_timestamp";
            case 21 -> "padding";
            case 22 -> "encrypt_then_mac";
            case 23 -> "extended_master_secret";
            case 27 -> "compress_certificate";
            case 28 -> "record_size_limit";
            case 34 -> "delegated_credentials";
            case 35 -> "session_ticket";
            case 41 -> "pre_shared_key";
            case 42 -> "early_data";
            case 43 -> "supported_versions";
            case 44 -> "cookie";
            case 45 -> "psk_key_exchange_modes";
            case 49 -> "post_handshake_auth";
            case 50 -> "signature_algorithms_cert";
            case 51 -> "key_share";
            case 57 -> "quic_transport_parameters";
            default -> null;
        };
    }
}
