package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A WebSocket: what the HTTP upgrade agreed upon, and how much was said.
@Named(value = "websocket", about = "a WebSocket that an HTTP connection became")
public record Websocket(
        @About(value = "time of the upgrade", unit = Unit.TIME) long ts,
        @About(value = "when it was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("value of the Host header") @Nullable String host,
        @About("target of the request") @Nullable String uri,
        @About("value of the User-Agent header") @Nullable String user_agent,
        @About("protocol that the server chose") @Nullable String subprotocol,
        @About("protocols that the client offered") @Nullable List<String> client_protocols,
        @About("extensions that the server chose") @Nullable List<String> server_extensions,
        @About("extensions that the client offered") @Nullable List<String> client_extensions,
        @About("messages of the originator") long orig_messages,
        @About("messages of the responder") long resp_messages,
        @About("code that it was closed with") @Nullable Integer close_code)
        implements OfConnection {}
