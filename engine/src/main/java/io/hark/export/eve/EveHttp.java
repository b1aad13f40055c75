package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Http;
import org.jspecify.annotations.Nullable;

/// An HTTP request and its answer.
public final class EveHttp implements EveMapping<Http> {

    private static final Key TX_ID = new Key("tx_id");
    private static final Key HTTP = new Key("http");
    private static final Key HOSTNAME = new Key("hostname");
    private static final Key PORT = new Key("http_port");
    private static final Key URL = new Key("url");
    private static final Key USER_AGENT = new Key("http_user_agent");
    private static final Key CONTENT_TYPE = new Key("http_content_type");
    private static final Key REFERRER = new Key("http_refer");
    private static final Key METHOD = new Key("http_method");
    private static final Key PROTOCOL = new Key("protocol");
    private static final Key STATUS = new Key("status");
    private static final Key REDIRECT = new Key("redirect");
    private static final Key LENGTH = new Key("length");
    private static final Key CONTENT_RANGE = new Key("content_range");
    private static final Key RAW = new Key("raw");
    private static final Key START = new Key("start");
    private static final Key END = new Key("end");
    private static final Key SIZE = new Key("size");

    /// The mapping.
    public EveHttp() {}

    @Override
    public Class<Http> kind() {
        return Http.class;
    }

    @Override
    public void write(Http http, EveLines out) {
        JsonWriter json = out.begin("http", http.ts(), http, EveLines.TCP, false);
        json.number(TX_ID, http.trans_depth() - 1);
        json.object(HTTP);
        host(http.host(), json);
        json.text(URL, http.raw_uri() == null ? http.uri() : http.raw_uri());
        json.text(USER_AGENT, http.user_agent());
        json.text(CONTENT_TYPE, bare(http.content_type())).text(REFERRER, http.referrer());
        json.text(METHOD, http.method()).text(PROTOCOL, protocol(http.version()));
        json.number(STATUS, http.status_code()).text(REDIRECT, http.location());
        json.number(LENGTH, http.response_body_len()).end();
        out.end();
    }

    /// The same object beside a file that came by HTTP, as far as it was known by then.
    static void carrier(Carrier http, long length, JsonWriter json) {
        json.object(HTTP);
        host(http.host(), json);
        json.text(URL, http.uri()).text(USER_AGENT, http.user_agent());
        json.text(CONTENT_TYPE, bare(http.content_type())).text(REFERRER, http.referrer());
        json.text(METHOD, http.method()).text(PROTOCOL, protocol(http.version()));
        json.number(STATUS, http.status_code()).number(LENGTH, length);
        String header = http.content_range();
        if (header != null) {
            json.object(CONTENT_RANGE).text(RAW, header);
            ContentRange range = ContentRange.of(header);
            if (range != null) {
                json.number(START, range.first()).number(END, range.last());
            }
            if (range != null && range.size() >= 0) {
                json.number(SIZE, range.size());
            }
            json.end();
        }
        json.end();
    }

    private static void host(@Nullable String host, JsonWriter json) {
        int colon = host == null ? -1 : host.indexOf(':', host.lastIndexOf(']') + 1);
        if (host == null || colon < 0) {
            json.text(HOSTNAME, host);
            return;
        }
        json.text(HOSTNAME, host.substring(0, colon));
        int port = port(host, colon + 1);
        if (port >= 0) {
            json.number(PORT, port);
        }
    }

    private static int port(String host, int from) {
        int port = from < host.length() && host.length() - from <= 5 ? 0 : -1;
        for (int i = from; i < host.length() && port >= 0; i++) {
            char digit = host.charAt(i);
            port = digit >= '0' && digit <= '9' ? port * 10 + digit - '0' : -1;
        }
        return port;
    }

    /// A media type without its parameters.
    private static @Nullable String bare(@Nullable String type) {
        int end = type == null ? -1 : type.indexOf(';');
        return type == null || end < 0 ? type : type.substring(0, end);
    }

    private static @Nullable String protocol(@Nullable String version) {
        return version == null ? null : "HTTP/" + version;
    }
}
