package io.hark.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The IP packets of a little-endian pcap or pcapng file, read without what is under test.
///
/// @param packets in hexadecimal digits, without link layer
record Frames(List<String> packets) {

    private static final int SECTION = 0x0a0d0d0a;
    private static final Map<Integer, Integer> LINK_OCTETS =
            Map.of(0, 4, 1, 14, 12, 0, 14, 0, 101, 0, 113, 16, 276, 20);

    static Frames of(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        List<String> packets = new ArrayList<>();
        if (in.getInt(0) == SECTION) {
            List<Integer> links = new ArrayList<>();
            for (int at = 0; at < all.length; at += in.getInt(at + 4)) {
                if (in.getInt(at) == 1) { // interface description
                    links.add(in.getShort(at + 8) & 0xffff);
                } else if (in.getInt(at) == 6) { // enhanced packet
                    int link = links.get(in.getInt(at + 8));
                    packets.add(packet(all, at + 28, in.getInt(at + 20), link));
                }
            }
        } else {
            for (int at = 24; at < all.length; at += 16 + in.getInt(at + 8)) {
                packets.add(packet(all, at + 16, in.getInt(at + 8), in.getInt(20)));
            }
        }
        return new Frames(packets);
    }

    private static String packet(byte[] all, int at, int length, int link) {
        return HexFormat.of().formatHex(all, at + LINK_OCTETS.get(link), at + length);
    }

    /// The IP packets inside the echoes of that identifier, each as long as it says.
    List<String> inEchoes(int identifier) {
        List<String> inside = new ArrayList<>();
        for (String hex : packets) {
            byte[] ip = HexFormat.of().parseHex(hex);
            int icmp = (ip[0] & 15) * 4;
            if (ip[0] >> 4 != 4 || ip[9] != 1 || number(ip, icmp + 4) != identifier) {
                continue;
            }
            int at = icmp + 8;
            inside.add(HexFormat.of().formatHex(ip, at, at + number(ip, at + 2)));
        }
        return inside;
    }

    /// What TCP carried in IPv4 packets, by the port it went to, hexadecimal, in the order of
    /// sequence numbers.
    static Map<Integer, String> streams(List<String> packets) {
        Map<Integer, Map<Long, String>> bySequence = new TreeMap<>();
        for (String hex : packets) {
            byte[] ip = HexFormat.of().parseHex(hex);
            if (ip[0] >> 4 != 4 || ip[9] != 6) {
                continue;
            }
            int tcp = (ip[0] & 15) * 4;
            byte[] payload =
                    Arrays.copyOfRange(ip, tcp + ((ip[tcp + 12] & 0xf0) >> 2), number(ip, 2));
            if (payload.length > 0) {
                long sequence = ((long) number(ip, tcp + 4) << 16) | number(ip, tcp + 6);
                int to = Math.min(number(ip, tcp), number(ip, tcp + 2)) == number(ip, tcp) ? 1 : 0;
                bySequence
                        .computeIfAbsent(to, _ -> new TreeMap<>())
                        .put(sequence, HexFormat.of().formatHex(payload));
            }
        }
        Map<Integer, String> streams = new TreeMap<>();
        bySequence.forEach((to, parts) -> streams.put(to, String.join("", parts.values())));
        return streams;
    }

    private static int number(byte[] of, int at) {
        return (of[at] & 0xff) << 8 | of[at + 1] & 0xff;
    }
}
