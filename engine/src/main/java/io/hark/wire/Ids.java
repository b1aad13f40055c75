package io.hark.wire;

import io.hark.event.Endpoints;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Makes the ids: a connection's uid, its Community ID, a file's id.
///
/// *Thread*: one owner, the worker.
final class Ids {

    private static final char[] BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int DIGITS = 17; // 62^17 holds more than 96 bits

    private final MessageDigest sha1;
    private final byte[] input = new byte[2 + 32 + 2 + 4];

    Ids() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// `C` and 17 digits: a hash, not keyed, of the innermost 5-tuple, what is around it, and the
    /// time of the first packet, so that analysing the same packets again gives the same id.
    String uid(Flow flow) {
        return id('C', flow, flow.first, 0);
    }

    /// `F` and 17 digits: the n-th file of that connection.
    String fuid(Flow flow, long began, int n) {
        return id('F', flow, began, n + 1);
    }

    private static String id(char kind, Flow flow, long time, int n) {
        var orig = flow.host(Side.ORIGINATOR);
        var resp = flow.host(Side.RESPONDER);
        long ports =
                (long) flow.port(Side.ORIGINATOR) << 32
                        | (long) flow.port(Side.RESPONDER) << 8
                        | flow.protocol;
        long a = mix(mix(orig.hi() ^ 0x48) + orig.lo()) + mix(resp.hi() + mix(resp.lo() ^ 0x61));
        long hi = mix(a + mix(ports) + mix(time) + n);
        long lo =
                mix(
                        mix(a ^ time)
                                + Long.rotateLeft(ports, 31)
                                + mix(flow.around + flow.vlan) * 31
                                + n);
        char[] text = new char[DIGITS + 1];
        text[0] = kind;
        for (int i = 1; i <= DIGITS; i++) {
            boolean first = i <= DIGITS / 2;
            long rest = first ? hi : lo;
            text[i] = BASE62[(int) Long.remainderUnsigned(rest, 62)];
            if (first) {
                hi = Long.divideUnsigned(rest, 62);
            } else {
                lo = Long.divideUnsigned(rest, 62);
            }
        }
        return new String(text);
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }

    /// The Community ID, version 1, seed 0, of the innermost 5-tuple.
    ///
    /// *Source*: corelight/community-id-spec.
    String communityId(Endpoints id, int protocol) {
        byte[] orig = id.orig_h().octets();
        byte[] resp = id.resp_h().octets();
        int origPort = id.orig_p();
        int respPort = id.resp_p();
        boolean ports =
                protocol == 6
                        || protocol == 17
                        || protocol == 132
                        || protocol == 1
                        || protocol == 58;
        boolean oneWay = false;
        if (protocol == 1 || protocol == 58) {
            int answer = Icmp.answer(protocol == 58, origPort);
            oneWay = answer < 0;
            respPort = oneWay ? respPort : answer;
        }
        int order = id.orig_h().compareTo(id.resp_h());
        boolean ordered = oneWay || order < 0 || order == 0 && origPort <= respPort;
        int at = 2;
        at = put(at, ordered ? orig : resp);
        at = put(at, ordered ? resp : orig);
        input[at++] = (byte) protocol;
        input[at++] = 0;
        if (ports) {
            at = put(at, ordered ? origPort : respPort);
            at = put(at, ordered ? respPort : origPort);
        }
        sha1.update(input, 0, at);
        return "1:"
                + new String(
                        Base64.getEncoder().encode(sha1.digest()), StandardCharsets.ISO_8859_1);
    }

    private int put(int at, byte[] octets) {
        System.arraycopy(octets, 0, input, at, octets.length);
        return at + octets.length;
    }

    private int put(int at, int port) {
        input[at] = (byte) (port >>> 8);
        input[at + 1] = (byte) port;
        return at + 2;
    }
}
