package io.hark.format;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The Community ID, version 1, seed 0: the same for both directions of a 5-tuple, whoever looks.
///
/// *Source*: corelight/community-id-spec. *Thread*: one owner, as it keeps a digest.
public final class CommunityId {

    private final MessageDigest sha1;
    private final byte[] input = new byte[2 + 32 + 2 + 4];

    /// One that can be used again and again.
    public CommunityId() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// Of both directions of these endpoints.
    public String of(Addr orig, int origPort, Addr resp, int respPort, int protocol) {
        int order = orig.compareTo(resp);
        boolean ordered = order < 0 || order == 0 && origPort <= respPort;
        return ordered
                ? text(orig, origPort, resp, respPort, protocol)
                : text(resp, respPort, orig, origPort, protocol);
    }

    /// Of an ICMP message that has no answer: type and code are in the place of ports, and the
    /// other direction is another conversation.
    public String oneWay(Endpoints id, int protocol) {
        return text(id.orig_h(), id.orig_p(), id.resp_h(), id.resp_p(), protocol);
    }

    private String text(Addr from, int fromPort, Addr to, int toPort, int protocol) {
        int at = put(2, from.octets());
        at = put(at, to.octets());
        input[at++] = (byte) protocol;
        input[at++] = 0;
        if (hasPorts(protocol)) {
            at = put(at, fromPort);
            at = put(at, toPort);
        }
        sha1.update(input, 0, at);
        return "1:"
                + new String(
                        Base64.getEncoder().encode(sha1.digest()), StandardCharsets.ISO_8859_1);
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case 1, 6, 17, 58, 132 -> true; // ICMP, TCP, UDP, ICMPv6, SCTP
            default -> false;
        };
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
