package io.hark.parse.sip;

import io.hark.Connection;
import io.hark.event.Sip;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The requests of one connection that wait for their last answer.
///
/// A request becomes an event with its final answer, or when the connection ends; a request sent
/// again is the same one. Answers without a request are told alone.
final class SipCalls {

    private static final int MAX_WAITING = 256; // requests without an answer; the oldest go first

    private static final class Call {
        final long ts;
        final int depth;
        final @Nullable SipMessage request;
        @Nullable SipMessage answer;

        Call(long ts, int depth, @Nullable SipMessage request) {
            this.ts = ts;
            this.depth = depth;
            this.request = request;
        }
    }

    private final Connection connection;
    private final List<Call> waiting = new ArrayList<>(1);
    private int count;
    private boolean confirmed;

    SipCalls(Connection connection) {
        this.connection = connection;
    }

    void message(SipMessage message) {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
        if (message.junk) {
            connection.anomaly("sip_junk_before_request", null);
        }
        Call call = find(message);
        if (message.method != null) {
            if (call == null) {
                if (waiting.size() == MAX_WAITING) {
                    emit(waiting.removeFirst());
                }
                waiting.add(new Call(connection.now(), count++, message));
            }
            return;
        }
        if (call == null) {
            call = new Call(connection.now(), count++, null);
            waiting.add(call);
        }
        call.answer = message;
        if (message.status >= 200) {
            waiting.remove(call);
            emit(call);
        }
    }

    private @Nullable Call find(SipMessage message) {
        for (Call call : waiting) {
            SipMessage known = call.request != null ? call.request : call.answer;
            if (known != null
                    && Objects.equals(known.callId, message.callId)
                    && Objects.equals(known.seq, message.seq)) {
                return call;
            }
        }
        return null;
    }

    void close() {
        waiting.forEach(this::emit);
        waiting.clear();
    }

    private void emit(Call call) {
        SipMessage asked = call.request;
        SipMessage said = call.answer;
        SipMessage any = asked != null ? asked : said;
        if (any == null) {
            return;
        }
        connection.emit(
                new Sip(
                        call.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        call.depth,
                        asked != null ? asked.method : null,
                        asked != null ? asked.uri : null,
                        any.date,
                        asked != null ? asked.from : null,
                        asked != null ? asked.to : null,
                        said != null ? said.from : null,
                        said != null ? said.to : null,
                        any.replyTo,
                        any.callId,
                        any.seq,
                        any.subject,
                        asked != null ? List.copyOf(asked.via) : List.of(),
                        said != null ? List.copyOf(said.via) : List.of(),
                        any.userAgent,
                        said != null && said.status > 0 ? said.status : null,
                        said != null ? said.reason : null,
                        said != null ? said.warning : null,
                        asked != null && asked.contentLength >= 0 ? asked.contentLength : null,
                        said != null && said.contentLength >= 0 ? said.contentLength : null,
                        said != null ? said.contentType : null));
    }
}
