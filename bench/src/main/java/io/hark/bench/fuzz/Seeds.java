package io.hark.bench.fuzz;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.carry.Carried;
import io.hark.event.KnownHost;
import io.hark.schema.Addr;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.sensor.Analysis;
import io.hark.sensor.Shipment;
import io.hark.testkit.Capture;
import io.hark.testkit.Frame;
import io.hark.testkit.Packet;
import io.hark.testkit.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What fuzzing begins with: the connections of all samples as [Script]s, their captures, frames
/// and what looks like ASN.1 in them, each for the targets that it is for.
public final class Seeds {

    /// The longest seed, in octets: longer ones only make runs slow.
    private static final int LONGEST = 16_000;

    private static final int MOST_FRAMES = 60;
    private static final int SHORTEST_ELEMENT = 16;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    private final Path folder;
    private final Targets targets;
    private final List<Decoder<?>> decoders = Analysis.decoders();
    private final Keyring keyring;

    private Seeds(Path folder, Path samples) {
        this.folder = folder;
        this.targets = Targets.in(samples);
        this.keyring = Targets.keyring(samples);
    }

    /// Writes them, a folder a target.
    ///
    /// @param args where to, the folder of samples
    public static void main(String[] args) throws IOException {
        Path samples = Path.of(args[1]);
        Seeds seeds = new Seeds(Path.of(args[0]), samples);
        for (String target : seeds.targets.names()) {
            Files.createDirectories(seeds.folder.resolve(target));
        }
        for (Sample sample : Sample.in(samples)) {
            seeds.take(sample);
        }
        seeds.logs(samples.resolveSibling("engine/src/test/resources/io/hark/log"));
        seeds.put("search", "text", "dns.query:*.example OR orig_h:10.0.0.0/8 NOT \"a b\"");
        seeds.put("search", "time", "ts:>2020-01-01 AND (resp_p:80 resp_bytes:>1000)");
        seeds.receivers();
    }

    private void receivers() throws IOException {
        put("receiver-syslog", "lines", "<34>Oct 11 22:14:15 host su: a\n<34>b\n");
        put("receiver-syslog", "counted", "5 <34>a16 <165>1 - - - - -");
        put("receiver-enrol", "begin", "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n");
        KnownHost said = new KnownHost(1, 1, Addr.v4(0xc000_0201));
        Shipment shipment = new Shipment(List.of(Shipment.Row.of(said)));
        put("receiver-shipment", "one", Codec.write(Kind.of(Shipment.class), shipment));
        put("receiver-post", "one", shipment.pack());
    }

    /// The lines of every product, a seed each.
    private void logs(Path lines) throws IOException {
        try (Stream<Path> files = Files.list(lines)) {
            for (Path file : files.sorted().toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("# ")) {
                        put("log", file.getFileName() + "-" + number++, line);
                    }
                }
            }
        }
    }

    private void put(String target, String name, String text) throws IOException {
        put(target, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String target, String name, byte[] seed) throws IOException {
        Path dir = folder.resolve(target);
        if (seed.length <= LONGEST && Files.isDirectory(dir)) {
            Files.write(dir.resolve(name), seed);
        }
    }

    private void take(Sample sample) throws IOException {
        byte[] file = Files.readAllBytes(sample.capture());
        put("wire-file", sample.name(), file);
        put("page", sample.name(), file);
        Capture capture = Capture.read(sample.capture());
        frames(sample.name(), capture);
        int number = 0;
        for (Talk talk : talks(capture).values()) {
            String name = sample.name() + "-" + number++;
            script(name, talk);
            elements(name, talk.script.octets());
        }
    }

    private void frames(String name, Capture capture) throws IOException {
        int link = Frames.link(capture.linkType());
        if (link < 0) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(link);
        for (Frame frame : capture.frames().stream().limit(MOST_FRAMES).toList()) {
            int length = frame.octets().length;
            if (out.size() + length > LONGEST) {
                break;
            }
            out.write(0);
            out.write(length >> 8);
            out.write(length);
            out.writeBytes(frame.octets());
        }
        put("wire-frames", name, out.toByteArray());
    }

    /// One connection of a sample, as far as it is short.
    private record Talk(
            String originator, int firstPort, boolean stream, int port, Script.Writer script) {}

    private static Map<String, Talk> talks(Capture capture) {
        Map<String, Talk> talks = new LinkedHashMap<>();
        for (Frame frame : capture.frames()) {
            byte[] m = frame.octets();
            Packet packet = Packet.of(m, capture.linkType());
            boolean tcp = packet != null && packet.isTcp();
            if (packet == null || !tcp && packet.protocol() != UDP) {
                continue;
            }
            int from = tcp ? packet.tcpPayload(m) : packet.transport() + UDP_HEADER;
            int source = u16(m, packet.transport());
            int destination = u16(m, packet.transport() + 2);
            String host = packet.sourceText(m);
            Talk talk =
                    talks.computeIfAbsent(
                            packet.protocol()
                                    + packet.pair(m)
                                    + Math.min(source, destination)
                                    + "-"
                                    + Math.max(source, destination),
                            _ -> new Talk(host, source, tcp, destination, new Script.Writer()));
            boolean answers = !talk.originator.equals(host) || talk.firstPort != source;
            if (from < packet.end() && talk.script.size() + packet.end() - from < LONGEST) {
                talk.script.data(answers, m, from, packet.end());
            }
        }
        return talks;
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    /// A connection is for the parsers that know it and the decoders that taste it.
    private void script(String name, Talk talk) throws IOException {
        byte[] script = talk.script.octets();
        Judge judge = OneConnection.tasted(talk.stream, talk.port, decoders, keyring).play(script);
        put(talk.stream ? "stream" : "datagrams", name, script);
        for (String service : judge.services()) {
            put((talk.stream ? "stream-" : "datagram-") + service, name, script);
        }
        Set<String> tasted = new TreeSet<>();
        judge.carried().stream().map(Carried::decoder).forEach(tasted::add);
        for (String decoder : tasted) {
            put("decoder-" + decoder, name, script);
        }
    }

    /// Whatever could be an element of ASN.1 with a long length is a seed for the formats.
    private void elements(String name, byte[] octets) throws IOException {
        for (int at = 0; at + 4 < octets.length; at++) {
            int length = u16(octets, at + 2) + 4;
            if (octets[at] == 0x30
                    && (octets[at + 1] & 0xff) == 0x82
                    && length >= SHORTEST_ELEMENT
                    && at + length <= octets.length) {
                byte[] element = Arrays.copyOfRange(octets, at, at + length);
                for (String format : List.of("x509", "asn1", "kerberos", "gss")) {
                    put("format-" + format, name + "-" + at, element);
                }
                at += length - 1;
            }
        }
    }
}
