package io.hark.testkit;

import io.hark.UserError;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Rewrites captures, in tests and on the command line.
///
/// *Shape*: `CaptureRewriter IN OUT STEP...`; a step is a [Mutation] in lower case (`first-side`),
/// `vxlan`, `spread=A,B,C` or `seed=N`, done in the order given.
public final class CaptureRewriter {

    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_NETWORK = 7;
    private static final int OUTER_LENGTH = 14 + 20 + 8 + 8;
    private static final int LINK_ETHERNET = 1;
    private static final int TCP_SYN = 2;
    private static final int TCP_ACK = 16;
    private static final int FIRST_PORT = 30_000; // of the connections that `spread` makes
    private static final List<String> METHODS = List.of("GET ", "POST ", "PUT ", "HEAD ");

    private CaptureRewriter() {}

    /// Runs the command.
    public static void main(String[] args) {
        if (args.length < 3) {
            throw new UserError("usage: CaptureRewriter IN OUT STEP...   steps: " + steps());
        }
        Capture capture = Capture.read(Path.of(args[0]));
        long seed = 1;
        for (String step : Arrays.asList(args).subList(2, args.length)) {
            if (step.startsWith("seed=")) {
                seed = Long.parseLong(step.substring(5));
            } else if (step.equals("vxlan")) {
                capture = inVxlan(capture);
            } else if (step.startsWith("spread=")) {
                capture = spread(capture, addresses(step.substring(7)));
            } else {
                capture = named(step).apply(capture, seeded(seed));
            }
        }
        capture.write(Path.of(args[1]));
    }

    /// A generator that a seed fixes, the same on every JDK.
    static RandomGenerator seeded(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Mutation named(String step) {
        for (Mutation mutation : Mutation.values()) {
            if (name(mutation).equals(step)) {
                return mutation;
            }
        }
        throw new UserError("no step " + step + "; there are " + steps());
    }

    private static String name(Mutation mutation) {
        return mutation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String steps() {
        return String.join(
                        ", ", Arrays.stream(Mutation.values()).map(CaptureRewriter::name).toList())
                + ", vxlan, spread=A,B,C, seed=N";
    }

    private static List<byte[]> addresses(String list) {
        List<byte[]> addresses = new ArrayList<>();
        for (String one : list.split(",")) {
            try {
                addresses.add(InetAddress.ofLiteral(one).getAddress());
            } catch (IllegalArgumentException e) {
                throw new UserError("spread= wants addresses, not " + one, e);
            }
        }
        return addresses;
    }

    /// Every frame inside VXLAN with one pair of outer addresses, as a mirror port sends it (RFC
    /// 7348).
    public static Capture inVxlan(Capture capture) {
        List<Frame> out = new ArrayList<>();
        for (Frame frame : capture.frames()) {
            byte[] inner = asEthernet(frame.octets(), capture.linkType());
            if (inner.length == 0) {
                continue;
            }
            byte[] octets = new byte[OUTER_LENGTH + inner.length];
            Arrays.fill(octets, 0, 12, (byte) 2);
            Packet.putU16(octets, 12, 0x0800);
            octets[14] = 0x45;
            Packet.putU16(octets, 16, octets.length - 14);
            octets[22] = 64;
            octets[23] = Packet.UDP;
            System.arraycopy(new byte[] {10, 0, 0, 1, 10, 0, 0, 2}, 0, octets, 26, 8);
            Packet.putU16(octets, 34, 50_000);
            Packet.putU16(octets, 36, VXLAN_PORT);
            Packet.putU16(octets, 38, octets.length - 34);
            octets[42] = 8;
            Packet.putU32(octets, 46, VXLAN_NETWORK << 8);
            System.arraycopy(inner, 0, octets, OUTER_LENGTH, inner.length);
            Packet outer = new Packet(14, 4, Packet.UDP, 34, octets.length);
            outer.fixChecksums(octets);
            Packet.putU16(octets, 40, 0); // RFC 7348 §5: sent as zero
            out.add(
                    new Frame(
                            frame.nanos(),
                            octets,
                            frame.originalLength() + octets.length - frame.octets().length));
        }
        return new Capture(LINK_ETHERNET, out);
    }

    /// The frame as Ethernet; empty where there is no packet in it.
    private static byte[] asEthernet(byte[] frame, int linkType) {
        if (linkType == LINK_ETHERNET) {
            return frame;
        }
        Packet packet = Packet.of(frame, linkType);
        if (packet == null) {
            return new byte[0];
        }
        byte[] out = new byte[14 + frame.length - packet.ip()];
        Arrays.fill(out, 0, 12, (byte) 2);
        Packet.putU16(out, 12, packet.version() == 4 ? 0x0800 : 0x86dd);
        System.arraycopy(frame, packet.ip(), out, 14, frame.length - packet.ip());
        return out;
    }

    /// Every HTTP request on a connection of its own, to the server's addresses in turn: what a
    /// connection that is kept alive would have been with several servers. Handshakes are put in;
    /// other traffic stays as it is.
    ///
    /// @param servers addresses of the servers, as long as those in the capture
    public static Capture spread(Capture capture, List<byte[]> servers) {
        Map<String, Connection> connections = new HashMap<>();
        List<Frame> out = new ArrayList<>();
        int made = 0;
        for (Frame frame : capture.frames()) {
            byte[] octets = frame.octets().clone();
            Packet packet = Packet.of(octets, capture.linkType());
            if (packet == null || !packet.isTcp()) {
                out.add(frame);
                continue;
            }
            boolean request = startsRequest(octets, packet);
            String from = packet.sourceText(octets) + ":" + Packet.u16(octets, packet.transport());
            String to =
                    packet.destinationText(octets)
                            + ":"
                            + Packet.u16(octets, packet.transport() + 2);
            Connection now = connections.get(from + ">" + to);
            if (request && (now == null || now.client.equals(from))) {
                now = new Connection(from, servers.get(made % servers.size()), FIRST_PORT + made);
                made++;
                connections.put(from + ">" + to, now);
                connections.put(to + ">" + from, now);
                now.rewrite(octets, packet, true);
                handshake(frame.nanos(), octets, packet, out);
            } else if (now != null) {
                now.rewrite(octets, packet, now.client.equals(from));
            }
            out.add(new Frame(frame.nanos(), octets, frame.originalLength()));
        }
        return capture.with(out);
    }

    private static boolean startsRequest(byte[] octets, Packet packet) {
        int at = packet.tcpPayload(octets);
        int end = Math.min(packet.end(), at + 5);
        String start = new String(octets, at, Math.max(0, end - at), StandardCharsets.ISO_8859_1);
        return METHODS.stream().anyMatch(start::startsWith);
    }

    /// Three frames before the request, from its own headers.
    private static void handshake(long nanos, byte[] request, Packet packet, List<Frame> out) {
        int sequence = Packet.u32(request, packet.transport() + 4);
        int acknowledged = Packet.u32(request, packet.transport() + 8);
        byte[] syn = packet.withPayload(request, sequence - 1, TCP_SYN, 0, 0);
        Packet.putU32(syn, packet.transport() + 8, 0);
        packet.fixChecksums(syn);
        byte[] ack = packet.withPayload(request, sequence, TCP_ACK, 0, 0);
        byte[] answer = packet.withPayload(request, acknowledged - 1, TCP_SYN | TCP_ACK, 0, 0);
        Packet.putU32(answer, packet.transport() + 8, sequence);
        swap(answer, packet.source(), packet.destination(), packet.destination() - packet.source());
        swap(answer, packet.transport(), packet.transport() + 2, 2);
        packet.fixChecksums(answer);
        for (byte[] octets : List.of(syn, answer, ack)) {
            out.add(Frame.whole(nanos, octets));
        }
    }

    private static void swap(byte[] octets, int a, int b, int length) {
        for (int i = 0; i < length; i++) {
            byte kept = octets[a + i];
            octets[a + i] = octets[b + i];
            octets[b + i] = kept;
        }
    }

    private record Connection(String client, byte[] server, int clientPort) {

        void rewrite(byte[] octets, Packet packet, boolean fromClient) {
            int serverAt = fromClient ? packet.destination() : packet.source();
            System.arraycopy(server, 0, octets, serverAt, server.length);
            Packet.putU16(octets, packet.transport() + (fromClient ? 0 : 2), clientPort);
            packet.fixChecksums(octets);
        }
    }
}
