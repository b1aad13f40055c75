package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP request and its answer, or the one of them that was seen.
@Named(value = "http", about = "an HTTP request and its answer")
public record Http(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the end of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("number of the transaction in its connection, from 1") int trans_depth,
        @About("method") @Nullable String method,
        @About("value of the Host header") @Nullable String host,
        @About("target of the request") @Nullable String uri,
        @About("value of the Referer header") @Nullable String referrer,
        @About("version in the request, or in the answer") @Nullable String version,
        @About("value of the User-Agent header") @Nullable String user_agent,
        @About("value of the Origin header") @Nullable String origin,
        @About(value = "bytes of the request's body, decoded", unit = Unit.BYTES)
                long request_body_len,
        @About(value = "bytes of the answer's body, decoded", unit = Unit.BYTES)
                long response_body_len,
        @About("status code") @Nullable Integer status_code,
        @About("status text") @Nullable String status_msg,
        @About("last informational (1xx) code") @Nullable Integer info_code,
        @About("last informational text") @Nullable String info_msg,
        @About("indicators") List<String> tags,
        @About("user name of basic authentication") @Nullable String username,
        @About("headers that tell of a proxy") @Nullable List<String> proxied,
        @About("ids of files from the originator") @Nullable List<String> orig_fuids,
        @About("names of files from the originator") @Nullable List<String> orig_filenames,
        @About("types of files from the originator, by content")
                @Nullable List<String> orig_mime_types,
        @About("ids of files from the responder") @Nullable List<String> resp_fuids,
        @About("names of files from the responder") @Nullable List<String> resp_filenames,
        @About("types of files from the responder, by content")
                @Nullable List<String> resp_mime_types,
        @About("names of the request's headers, in their order, upper case")
                @Nullable List<String> client_header_names,
        @About("names of the answer's headers, in their order, upper case")
                @Nullable List<String> server_header_names,
        @About(value = "value of the answer's Content-Type header", log = false)
                @Nullable String content_type,
        @About(value = "value of the answer's Location header", log = false)
                @Nullable String location,
        @About(value = "value of the answer's Server header", log = false) @Nullable String server,
        @About(
                        value =
                                "values of further request headers that hold ${ or () {, which a logger or a shell may run",
                        log = false)
                @Nullable List<String> expressions,
        @About(
                        value =
                                "hash of the session cookie sent: tells one session from another, not what it is",
                        log = false)
                @Nullable Long session_hash,
        @About(value = "the target as it was sent, where escapes were undone in it", log = false)
                @Nullable String raw_uri)
        implements OfConnection {}
