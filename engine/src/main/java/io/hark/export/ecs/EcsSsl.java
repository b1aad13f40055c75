package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Ssl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A TLS or SSL handshake.
public final class EcsSsl implements EcsMapping<Ssl> {

    private static final Key PROTOCOL = new Key("network.protocol");
    private static final Key VERSION = new Key("tls.version");
    private static final Key FAMILY = new Key("tls.version_protocol");
    private static final Key DOMAIN = new Key("destination.domain");
    private static final Key SERVER_HASH = new Key("tls.server.hash.sha256");
    private static final Key CLIENT_HASH = new Key("tls.client.hash.sha256");
    private static final Key OUTCOME = new Key("event.outcome");

    /// The mapping.
    public EcsSsl() {}

    @Override
    public Class<Ssl> kind() {
        return Ssl.class;
    }

    @Override
    public List<String> types() {
        return List.of("connection", "protocol");
    }

    @Override
    public String action() {
        return "tls-handshake";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("version", ""),
                Map.entry("cipher", "tls.cipher"),
                Map.entry("curve", "tls.curve"),
                Map.entry("server_name", "tls.client.server_name"),
                Map.entry("resumed", "tls.resumed"),
                Map.entry("next_protocol", "tls.next_protocol"),
                Map.entry("established", "tls.established"),
                Map.entry("cert_chain_fps", ""),
                Map.entry("client_cert_chain_fps", ""),
                Map.entry("subject", "tls.server.subject"),
                Map.entry("issuer", "tls.server.issuer"),
                Map.entry("client_subject", "tls.client.subject"),
                Map.entry("client_issuer", "tls.client.issuer"),
                Map.entry("ja3", "tls.client.ja3"),
                Map.entry("ja3s", "tls.server.ja3s"),
                Map.entry("ja4", "tls.client.ja4"));
    }

    @Override
    public void more(Ssl ssl, JsonWriter out) {
        out.text(PROTOCOL, "tls").text(DOMAIN, ssl.server_name());
        String version = ssl.version();
        if (version != null && version.startsWith("TLSv1") && version.length() == 6) {
            out.text(VERSION, "1." + version.charAt(5)).text(FAMILY, "tls");
        } else if (version != null && version.startsWith("SSLv")) {
            out.text(VERSION, version.substring(4)).text(FAMILY, "ssl");
        } else if (version != null) {
            out.text(VERSION, version);
        }
        out.text(SERVER_HASH, upper(ssl.cert_chain_fps()));
        out.text(CLIENT_HASH, upper(ssl.client_cert_chain_fps()));
        out.text(OUTCOME, ssl.established() ? "success" : "unknown");
    }

    private static @Nullable String upper(@Nullable List<String> hashes) {
        return hashes == null || hashes.isEmpty()
                ? null
                : hashes.getFirst().toUpperCase(Locale.ROOT);
    }
}
