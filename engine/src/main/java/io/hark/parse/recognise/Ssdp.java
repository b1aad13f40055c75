package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// SSDP, with which UPnP devices find each other: HTTP's form in datagrams.
///
/// *Source*: UPnP Device Architecture 2.0 §1.
public final class Ssdp extends Recognition {

    private static final int MAX_LOOKED = 1024; // octets of headers until one of SSDP's own

    /// Makes it.
    public Ssdp() {
        super(
                "ssdp",
                "SSDP, recognised (UPnP Device Architecture)",
                Hints.ports(1900).beginning("MNH"));
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (payload.looksAt(0, "M-SEARCH * HTTP/1.") || payload.looksAt(0, "NOTIFY * HTTP/1.")) {
            return Verdict.YES;
        }
        // an answer: HTTP, but none of HTTP's datagrams is called by a unique service name
        return payload.looksAt(0, "HTTP/1.1 200") && hasServiceName(payload)
                ? Verdict.YES
                : Verdict.NO;
    }

    private static boolean hasServiceName(Bytes payload) {
        int end = Math.min(payload.length(), MAX_LOOKED);
        for (int at = payload.indexOf('\n', 0);
                at >= 0 && at < end;
                at = payload.indexOf('\n', at + 1)) {
            if (payload.looksAt(at + 1, "USN:") || payload.looksAt(at + 1, "ST:")) {
                return true;
            }
        }
        return false;
    }
}
