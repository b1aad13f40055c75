package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Http;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP request and its answer.
public final class EcsHttp implements EcsMapping<Http> {

    private static final int FIRST_ERROR = 400;

    private static final Key PROTOCOL = new Key("network.protocol");
    private static final Key TRANSPORT = new Key("network.transport");
    private static final Key FULL = new Key("url.full");
    private static final Key PATH = new Key("url.path");
    private static final Key QUERY = new Key("url.query");
    private static final Key REQUEST_TYPE = new Key("http.request.mime_type");
    private static final Key RESPONSE_TYPE = new Key("http.response.mime_type");
    private static final Key OUTCOME = new Key("event.outcome");

    /// The mapping.
    public EcsHttp() {}

    @Override
    public Class<Http> kind() {
        return Http.class;
    }

    @Override
    public List<String> categories() {
        return List.of("network", "web");
    }

    @Override
    public List<String> types() {
        return List.of("access", "protocol");
    }

    @Override
    public String action() {
        return "http-request";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("method", "http.request.method"),
                Map.entry("host", "url.domain"),
                Map.entry("uri", "url.original"),
                Map.entry("referrer", "http.request.referrer"),
                Map.entry("version", "http.version"),
                Map.entry("user_agent", "user_agent.original"),
                Map.entry("request_body_len", "http.request.body.bytes"),
                Map.entry("response_body_len", "http.response.body.bytes"),
                Map.entry("status_code", "http.response.status_code"),
                Map.entry("username", "user.name"),
                Map.entry("orig_mime_types", ""),
                Map.entry("resp_mime_types", ""));
    }

    @Override
    public void more(Http http, JsonWriter out) {
        out.text(PROTOCOL, "http").text(TRANSPORT, "tcp");
        String uri = http.uri();
        if (uri != null && uri.startsWith("/")) {
            int query = uri.indexOf('?');
            out.text(PATH, query < 0 ? uri : uri.substring(0, query));
            out.text(QUERY, query < 0 ? null : uri.substring(query + 1));
            out.text(FULL, http.host() == null ? null : "http://" + http.host() + uri);
        } else if (uri != null && uri.contains("://")) {
            out.text(FULL, uri);
        }
        out.text(REQUEST_TYPE, first(http.orig_mime_types()));
        out.text(RESPONSE_TYPE, first(http.resp_mime_types()));
        if (http.status_code() != null) {
            out.text(OUTCOME, http.status_code() < FIRST_ERROR ? "success" : "failure");
        }
    }

    private static @Nullable String first(@Nullable List<String> types) {
        return types == null || types.isEmpty() ? null : types.getFirst();
    }
}
