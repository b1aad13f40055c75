package io.hark.parse.http;

import io.hark.Connection;
import io.hark.bytes.Bytes;

/// Reads request lines and status lines, and begins the transactions that they tell of.
///
/// *Thread*: one owner, the worker, for all its connections. *Errors*: `bad_HTTP_request`,
/// `bad_HTTP_request_with_version`, `missing_HTTP_uri`, `invalid_http_09_request_method`,
/// `unknown_HTTP_method`, `HTTP_version_mismatch`, and those of [Uri]. *Source*: RFC 9112 §3, §4.
final class StartLines {

    private final Head head;

    StartLines(Head head) {
        this.head = head;
    }

    /// Reads the request line that the head is at; answers whether it is one.
    boolean request(Connection connection, Pairing pairing, Bytes whole, Half originator) {
        int from = head.lineFrom;
        int to = head.lineTo;
        int methodTo = from;
        while (methodTo < to && Glance.isToken(head.octet(methodTo))) {
            methodTo++;
        }
        int version = Glance.versionAt(whole, from, head.newline());
        if (methodTo == from
                || methodTo == to
                || head.octet(methodTo) != ' ' && head.octet(methodTo) != '\t') {
            return bad(
                    connection,
                    pairing,
                    methodTo == from && version >= 0
                            ? "bad_HTTP_request_with_version"
                            : "bad_HTTP_request");
        }
        String method = Methods.of(whole, from, methodTo - from);
        int uri = methodTo;
        while (uri < to && (head.octet(uri) == ' ' || head.octet(uri) == '\t')) {
            uri++;
        }
        if (version < 0 && (method == null || uri == to)) {
            return bad(connection, pairing, "bad_HTTP_request");
        }
        if (method == null) {
            method = head.text(from, methodTo);
            connection.anomaly("unknown_HTTP_method", method);
        }
        confirm(connection, pairing);
        Transaction transaction = pairing.add();
        originator.begin(transaction);
        transaction.method = method;
        if (version >= 0 && uri > version) {
            connection.anomaly("missing_HTTP_uri", null);
        }
        transaction.rawUri = head.text(uri, version < 0 ? to : Math.max(uri, version));
        transaction.uri = Uri.unescape(transaction.rawUri, connection);
        setVersion(connection, originator, version < 0 ? 9 : head.version(version + 1));
        transaction.version = Head.versionText(originator.version);
        if (version < 0) {
            if (!method.equals("GET")) {
                connection.anomaly("invalid_http_09_request_method", method);
            }
            transaction.raw = true;
        }
        return true;
    }

    private static boolean bad(Connection connection, Pairing pairing, String name) {
        if (!connection.isMidstream() || pairing.isBegun()) {
            connection.anomaly(name, null);
        }
        return false;
    }

    /// Reads the status line that the head is at; answers whether it is one.
    boolean status(Connection connection, Pairing pairing, Bytes whole, Half responder) {
        if (!Glance.isStatus(whole, head.lineFrom)) {
            return false;
        }
        confirm(connection, pairing);
        if (responder.gapped) {
            responder.gapped = false;
            pairing.forgetAllButLast();
        }
        Transaction transaction = pairing.unanswered();
        if (transaction == null) {
            transaction = pairing.add();
            transaction.requestDone = true;
        }
        responder.begin(transaction);
        int digits = head.lineFrom + 9;
        int code =
                (head.octet(digits) - '0') * 100
                        + (head.octet(digits + 1) - '0') * 10
                        + head.octet(digits + 2)
                        - '0';
        String message = head.reason(Math.min(digits + 4, head.lineTo));
        Answer answer = transaction.answer();
        answer.statusCode = code;
        answer.statusMessage = message;
        setVersion(connection, responder, head.version(head.lineFrom));
        transaction.version = Head.versionText(responder.version);
        if (code < 200) {
            answer.infoCode = code;
            answer.infoMessage = message;
        }
        transaction.answered = code >= 200 || code == 101;
        return true;
    }

    private static void setVersion(Connection connection, Half half, int version) {
        if (half.version != 0 && half.version != version) {
            connection.anomaly("HTTP_version_mismatch", null);
        }
        half.version = version;
    }

    private static void confirm(Connection connection, Pairing pairing) {
        if (!pairing.isBegun()) {
            connection.confirm();
        }
    }
}
