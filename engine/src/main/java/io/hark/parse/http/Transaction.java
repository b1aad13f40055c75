package io.hark.parse.http;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.carry.HttpExchange;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Http;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request and its answer while they go by; at the end an event, and an exchange if a decoder
/// wanted it.
///
/// *Thread*: one owner, the worker.
final class Transaction {

    private static final byte[] EMPTY = {};

    final int depth;
    final long ts;

    @Nullable String method;
    @Nullable String uri;
    @Nullable String rawUri;
    @Nullable String host;
    @Nullable String referrer;
    @Nullable String version;
    @Nullable String userAgent;
    @Nullable List<String> expressions;
    @Nullable Long sessionHash;
    @Nullable String origin;
    @Nullable String username;
    @Nullable List<String> proxied;

    /// HTTP/0.9: the answer has no head.
    boolean raw;

    /// The parser of what the connection becomes if the server says 101: a WebSocket, HTTP/2.
    @Nullable String upgrade;

    boolean requestDone;
    boolean answered;
    boolean answerDone;
    boolean wanted;
    List<String> requestHeaders = List.of();
    @Nullable List<String> requestNames;

    private @Nullable Entity request; // made when there is something to tell of it
    private @Nullable Answer answer;

    /// The content of one direction: a body, or the parts of a multipart one.
    static final class Entity {
        private static final Entity NONE = new Entity(); // nothing is ever written into it

        private @Nullable Body only;
        private @Nullable String onlyName;
        private @Nullable List<Body> bodies;
        private @Nullable List<String> names;
        private long around;
        private @Nullable ByteArrayOutputStream sent; // of parts, for a decoder
        private boolean cut;
        @Nullable String contentType;

        /// A further body of this content.
        void add(Body body, @Nullable String filename) {
            if (only == null) {
                only = body;
                onlyName = filename;
                return;
            }
            if (bodies == null) {
                bodies = new ArrayList<>(List.of(only));
                names = onlyName == null ? null : new ArrayList<>(List.of(onlyName));
            }
            bodies.add(body);
            if (filename != null) {
                names = names == null ? new ArrayList<>() : names;
                names.add(filename);
            }
        }

        /// Octets of the content that are in none of its bodies: boundaries and headers of parts.
        void around(long octets) {
            around += octets;
        }

        /// Keeps a piece of a content of several parts as it was sent, for a decoder.
        void keep(Bytes piece) {
            ByteArrayOutputStream known = sent == null ? new ByteArrayOutputStream() : sent;
            sent = known;
            int most = Math.min(piece.length(), Body.MAX_KEPT - known.size());
            known.write(piece.array(), piece.base(), most);
            cut |= most < piece.length();
        }

        /// Octets of a content of several parts are missing.
        void lost() {
            cut = true;
        }

        /// How long it is, decoded.
        long length() {
            long sum = around + (only == null ? 0 : only.length());
            for (int i = 1; bodies != null && i < bodies.size(); i++) {
                sum += bodies.get(i).length();
            }
            return sum;
        }

        private boolean isSeen(Body body) {
            return body.length() > 0 || body.missing() > 0;
        }

        private @Nullable List<String> ids() {
            if (bodies == null) {
                return only != null && isSeen(only) ? List.of(only.fuid()) : null;
            }
            List<String> ids = bodies.stream().filter(this::isSeen).map(Body::fuid).toList();
            return ids.isEmpty() ? null : ids;
        }

        private @Nullable List<String> types() {
            if (bodies == null) {
                String type = only == null ? null : only.mimeType();
                return type == null ? null : List.of(type);
            }
            List<String> types = new ArrayList<>();
            for (Body body : bodies) {
                String type = body.mimeType();
                if (type != null) {
                    types.add(type);
                }
            }
            return types.isEmpty() ? null : types;
        }

        private @Nullable List<String> names() {
            if (bodies == null) {
                return onlyName == null || only == null || !isSeen(only) ? null : List.of(onlyName);
            }
            return names;
        }

        private byte[] kept() {
            if (sent != null) {
                return sent.toByteArray();
            }
            return only == null || bodies != null ? EMPTY : only.kept();
        }

        private boolean isWhole() {
            if (sent != null) {
                return !cut;
            }
            return only == null || bodies == null && only.isWhole();
        }
    }

    Transaction(int depth, long ts) {
        this.depth = depth;
        this.ts = ts;
    }

    /// The content of the request or of the answer, to be written into.
    Entity entity(boolean ofRequest) {
        Entity known = ofRequest ? request : answer().content;
        if (known == null) {
            known = new Entity();
            if (ofRequest) {
                request = known;
            } else {
                answer().content = known;
            }
        }
        return known;
    }

    private Entity asked() {
        return request == null ? Entity.NONE : request;
    }

    private Entity answered() {
        Entity content = told().content;
        return content == null ? Entity.NONE : content;
    }

    /// The answer, to be written into.
    Answer answer() {
        Answer known = answer;
        if (known == null) {
            known = new Answer();
            answer = known;
        }
        return known;
    }

    private Answer told() {
        return answer == null ? Answer.NONE : answer;
    }

    /// The code of the status line, 0 where there is none.
    int status() {
        Integer code = told().statusCode;
        return code == null ? 0 : code;
    }

    /// No decoder asks for the headers.
    void forgetHeaders() {
        requestHeaders = List.of();
        if (answer != null) {
            answer.headers = List.of();
        }
    }

    /// The event.
    Http event(Connection connection) {
        Entity asked = asked();
        Entity answered = answered();
        Answer told = told();
        return new Http(
                ts,
                connection.now(),
                connection.uid(),
                connection.id(),
                depth,
                method,
                host,
                uri,
                referrer,
                version,
                userAgent,
                origin,
                asked.length(),
                answered.length(),
                told.statusCode,
                told.statusMessage,
                told.infoCode,
                told.infoMessage,
                List.of(),
                username,
                proxied,
                asked.ids(),
                asked.names(),
                asked.types(),
                answered.ids(),
                answered.names(),
                answered.types(),
                requestNames,
                told.names,
                answered.contentType,
                told.location,
                told.server,
                expressions,
                sessionHash,
                rawUri == null || rawUri.equals(uri) ? null : rawUri);
    }

    /// What is known when the body of one of its directions begins.
    Carrier carrier(boolean ofRequest) {
        return new Carrier(
                depth,
                method,
                host,
                uri,
                version,
                userAgent,
                referrer,
                ofRequest ? null : told().statusCode,
                (ofRequest ? asked() : answered()).contentType,
                ofRequest ? null : told().contentRange);
    }

    /// The head as decoders are asked about it.
    HttpExchange head(Connection connection) {
        return exchange(connection, requestHeaders, EMPTY, told().headers, EMPTY, false, "", 0);
    }

    /// The whole exchange.
    HttpExchange exchange(Connection connection) {
        boolean whole = requestDone && answerDone && asked().isWhole() && answered().isWhole();
        return exchange(
                connection,
                List.copyOf(requestHeaders),
                asked().kept(),
                List.copyOf(told().headers),
                answered().kept(),
                whole,
                "",
                depth - 1);
    }

    private HttpExchange exchange(
            Connection connection,
            List<String> asked,
            byte[] requestBody,
            List<String> answers,
            byte[] answerBody,
            boolean whole,
            String decoder,
            long sequence) {
        return new HttpExchange(
                connection.now(),
                connection.uid(),
                connection.id(),
                decoder,
                sequence,
                method == null ? "" : method,
                rawUri == null ? "" : rawUri,
                asked,
                requestBody,
                status(),
                answers,
                answerBody,
                whole);
    }
}
