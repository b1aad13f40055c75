package io.hark.parse.http;

import io.hark.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// The methods that are no surprise: RFC 9110 §9, WebDAV and what its kin added; `PRI` begins
/// HTTP/2 (RFC 9113 §3.4). Their names are shared strings.
final class Methods {

    private static final String[] KNOWN = {
        "GET",
        "POST",
        "HEAD",
        "OPTIONS",
        "PUT",
        "DELETE",
        "CONNECT",
        "PATCH",
        "TRACE",
        "PROPFIND",
        "PROPPATCH",
        "MKCOL",
        "COPY",
        "MOVE",
        "LOCK",
        "UNLOCK",
        "SEARCH",
        "REPORT",
        "POLL",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "NOTIFY",
        "BCOPY",
        "BDELETE",
        "BMOVE",
        "BPROPFIND",
        "BPROPPATCH",
        "ORDERPATCH",
        "ACL",
        "VERSION-CONTROL",
        "CHECKOUT",
        "CHECKIN",
        "UNCHECKOUT",
        "MKWORKSPACE",
        "UPDATE",
        "LABEL",
        "MERGE",
        "BASELINE-CONTROL",
        "MKACTIVITY",
        "M-SEARCH",
        "PURGE",
        "RPC_IN_DATA",
        "RPC_OUT_DATA",
        "PRI"
    };

    private Methods() {}

    /// The known method whose name is the `length` bytes at `from`, or null.
    static @Nullable String of(Bytes bytes, int from, int length) {
        for (String known : KNOWN) {
            if (known.length() == length && bytes.looksAt(from, known)) {
                return known;
            }
        }
        return null;
    }
}
