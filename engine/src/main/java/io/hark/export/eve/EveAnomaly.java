package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Anomaly;
import java.util.Map;

/// Bytes that broke an application protocol, where Suricata has a name for the same. Like it with
/// its usual settings, nothing is told of what broke lower protocols.
public final class EveAnomaly implements EveMapping<Anomaly> {

    private record Counterpart(String application, String event) {}

    private static final Map<String, Counterpart> COUNTERPARTS =
            Map.ofEntries(
                    Map.entry(
                            "HTTP_bad_chunk_size",
                            new Counterpart("http", "INVALID_RESPONSE_CHUNK_LEN")),
                    Map.entry(
                            "HTTP_bad_content_length",
                            new Counterpart("http", "INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE")),
                    Map.entry(
                            "inflate_failed", new Counterpart("http", "GZIP_DECOMPRESSION_FAILED")),
                    Map.entry(
                            "tls_broken_certificate",
                            new Counterpart("tls", "INVALID_CERTIFICATE")),
                    Map.entry(
                            "tls_broken_extensions",
                            new Counterpart("tls", "INVALID_HANDSHAKE_MESSAGE")),
                    Map.entry(
                            "tls_broken_message",
                            new Counterpart("tls", "INVALID_HANDSHAKE_MESSAGE")),
                    Map.entry(
                            "FTP_arg_too_long", new Counterpart("ftp", "request_command_too_long")),
                    Map.entry(
                            "FTP_max_command_length_exceeded",
                            new Counterpart("ftp", "request_command_too_long")),
                    Map.entry(
                            "FTP_reply_msg_too_long",
                            new Counterpart("ftp", "response_command_too_long")));

    private static final Counterpart MALFORMED_DNS = new Counterpart("dns", "malformed_data");

    private static final Key ANOMALY = new Key("anomaly");
    private static final Key APP_PROTO = new Key("app_proto");
    private static final Key TYPE = new Key("type");
    private static final Key EVENT = new Key("event");
    private static final Key LAYER = new Key("layer");

    /// The mapping.
    public EveAnomaly() {}

    @Override
    public Class<Anomaly> kind() {
        return Anomaly.class;
    }

    @Override
    public void write(Anomaly anomaly, EveLines out) {
        Counterpart known =
                anomaly.name().startsWith("DNS_")
                        ? MALFORMED_DNS
                        : COUNTERPARTS.get(anomaly.name());
        if (known == null) {
            return;
        }
        boolean udp = known == MALFORMED_DNS; // nearly all of it, and the event does not tell
        JsonWriter json =
                out.begin(
                        "anomaly",
                        anomaly.ts(),
                        anomaly.uid(),
                        anomaly.id(),
                        udp ? EveLines.UDP : EveLines.TCP,
                        false);
        json.object(ANOMALY).text(APP_PROTO, known.application()).text(TYPE, "applayer");
        json.text(EVENT, known.event()).text(LAYER, "proto_parser").end();
        out.end();
    }
}
