package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A SIP request and its answer.
@Named(value = "sip", about = "a SIP request and its answer")
public record Sip(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "transport protocol", log = false) String proto,
        @About("number of the transaction in its connection, from 0") int trans_depth,
        @About("method") @Nullable String method,
        @About("target of the request") @Nullable String uri,
        @About("value of the Date header") @Nullable String date,
        @About("From of the request") @Nullable String request_from,
        @About("To of the request") @Nullable String request_to,
        @About("From of the answer") @Nullable String response_from,
        @About("To of the answer") @Nullable String response_to,
        @About("value of the Reply-To header") @Nullable String reply_to,
        @About("value of the Call-ID header") @Nullable String call_id,
        @About("value of the CSeq header") @Nullable String seq,
        @About("value of the Subject header") @Nullable String subject,
        @About("Via headers of the request") List<String> request_path,
        @About("Via headers of the answer") List<String> response_path,
        @About("value of the User-Agent header") @Nullable String user_agent,
        @About("status code of the last answer") @Nullable Integer status_code,
        @About("its text") @Nullable String status_msg,
        @About("value of the Warning header") @Nullable String warning,
        @About(value = "announced length of the request's body", unit = Unit.BYTES)
                @Nullable Long request_body_len,
        @About(value = "announced length of the answer's body", unit = Unit.BYTES)
                @Nullable Long response_body_len,
        @About("type of the answer's body") @Nullable String content_type)
        implements OfConnection {}
