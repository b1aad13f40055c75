package io.hark.parse.recognise;

import java.util.List;

/// What protocols over streams begin with: one row a form, and where it is written down.
///
/// A protocol that is read has no row here: its parser knows it. Octets that many protocols could
/// have, or a port alone, are no sign.
final class StreamSigns {

    private StreamSigns() {}

    /// All of them.
    static final List<Sign> ALL =
            List.of(
                    // power, plants, buildings
                    iec104().at(0, "68 04 07 00 00 00"),
                    iec104().at(0, "68 04 0b 00 00 00"),
                    iec104().at(0, "68 04 43 00 00 00"),
                    iec104().at(0, "68 04 83 00 00 00"),
                    iec104().at(0, "68 04 01 00 .. .."),
                    Sign.of("synchrophasor", "IEEE C37.118.2 §6.2, command frame")
                            .at(0, "aa 41 00 12"),
                    Sign.of("synchrophasor", "IEEE C37.118.2 §6.2, command frame")
                            .at(0, "aa 42 00 12"),
                    Sign.of("knxip", "ISO 22510 (KNXnet/IP) core header").at(0, "06 10 02"),
                    Sign.of("knxip", "ISO 22510 (KNXnet/IP) core header").at(0, "06 10 04"),
                    Sign.of("fins", "Omron W421, FINS/TCP header").text(0, "FINS"),
                    Sign.of("opcua", "OPC 10000-6 §7.1.2").text(0, "HELF").littleLength(4, 4, 0),
                    Sign.of("trdp", "IEC 61375-2-3 annex A, message data")
                            .at(4, "01 00 4d")
                            .at(20, "00 00"),
                    Sign.of("atg", "Veeder-Root TLS-350 serial interface, computer format")
                            .at(0, "01")
                            .text(1, "I20"),
                    Sign.of("hislip", "IVI-6.1 §6, Initialize")
                            .at(0, "48 53 00 00")
                            .at(8, "00 00 00 00"),
                    Sign.of("hl7", "HL7 2 minimal lower layer protocol")
                            .at(0, "0b")
                            .text(1, "MSH|"),
                    // databases, queues, services
                    Sign.of("tds", "MS-TDS §2.2.6.5, PRELOGIN")
                            .at(0, "12 01 .. .. 00 00 .. 00 00 00 .. 00 06"),
                    Sign.of("tds", "MS-TDS §2.2.5.3, ALL_HEADERS with a transaction")
                            .at(1, "01 .. .. .. .. .. 00 16 00 00 00 12 00 00 00 02 00"),
                    Sign.of("oracle", "Oracle Net connect packet")
                            .at(2, "00 00 01 00 00 00 01")
                            .has("(DESCRIPTION="),
                    cql("03"),
                    cql("04"),
                    cql("05"),
                    Sign.of("amqp", "AMQP 0-9-1 §4.2.2, 1.0 §2.2")
                            .text(0, "AMQP")
                            .at(5, ".. .. .."),
                    Sign.of("amqp", "AMQP 0-9-1 §4.2.3, a method of class basic")
                            .at(0, "01 .. .. 00 00 .. .. 00 3c 00")
                            .length(3, 4, 8),
                    Sign.of("openwire", "ActiveMQ OpenWire, WireFormatInfo")
                            .at(4, "01")
                            .text(5, "ActiveMQ"),
                    Sign.of("nats", "NATS client protocol, INFO").text(0, "INFO {\"server_id\""),
                    Sign.of("kafka", "Kafka protocol guide, ApiVersions")
                            .at(0, "00 00 .. .. 00 12 00 .. .. .. .. ..")
                            .length(0, 4, 4)
                            .weak(),
                    Sign.of("elasticsearch", "Elasticsearch transport, TcpHeader")
                            .text(0, "ES")
                            .at(2, "00 00 .. .. 00 00 00 00")
                            .length(2, 4, 6),
                    Sign.of("fastcgi", "FastCGI 1.0 §5.1, BEGIN_REQUEST")
                            .at(0, "01 01 .. .. 00 08 .. .. 00 .. .. 00 00 00 00 00"),
                    Sign.of("git", "git protocol-v1, pkt-line").text(4, "git-upload-pack /"),
                    Sign.of("git", "git protocol-v1, pkt-line").text(4, "git-receive-pack /"),
                    Sign.of("giop", "CORBA 3.3 part 2 §9.4.1").text(0, "GIOP\1"),
                    Sign.of("jrmi", "Java RMI specification §10.2").text(0, "JRMI").at(4, "00 02"),
                    thrift(0),
                    thrift(4),
                    Sign.of("rpc", "RFC 5531 §9, §11, a call of Sun's programs")
                            .at(0, "80 .. .. .. .. .. .. .. 00 00 00 00 00 00 00 02 00 01 86"),
                    Sign.of("fix", "FIX session layer, standard header")
                            .text(0, "8=")
                            .has("\00135="),
                    // networks
                    Sign.of("bgp", "RFC 4271 §4.1").at(0, "ff".repeat(16)),
                    Sign.of("diameter", "RFC 6733 §3")
                            .at(0, "01 00 .. .. 80 00 01 .. 00 00 00")
                            .length(1, 3, 0),
                    Sign.of("diameter", "RFC 6733 §3")
                            .at(0, "01 00 .. .. c0 00 01 .. 00 00 00")
                            .length(1, 3, 0),
                    openFlow("04"),
                    openFlow("05"),
                    openFlow("06"),
                    Sign.of("pptp", "RFC 2637 §2.1").at(2, "00 01 1a 2b 3c 4d"),
                    Sign.of("openvpn", "OpenVPN wire protocol, reset of the client")
                            .at(0, "00 0e 38 .. .. .. .. .. .. .. .. 00 00 00 00 00"),
                    openVpn("00 2a 38", 20),
                    openVpn("00 36 38", 32),
                    openVpn("00 56 38", 64),
                    Sign.of("openvpn", "OpenVPN wire protocol, tls-crypt")
                            .at(0, "00 36 38 .. .. .. .. .. .. .. .. 00 00 00 01"),
                    Sign.of("h323", "ITU-T Q.931 §3.1, H.225.0 over TPKT: SETUP")
                            .at(0, "03 00 .. .. 08 02 .. .. 05")
                            .length(2, 2, 0),
                    rtsp("OPTIONS rtsp://"),
                    rtsp("DESCRIBE rtsp://"),
                    rtsp("ANNOUNCE rtsp://"),
                    rtsp("SETUP rtsp://"),
                    rtsp("PLAY rtsp://"),
                    Sign.of("kismet", "Kismet server protocol, banner").text(0, "*KISMET: "),
                    // between peers
                    Sign.of("monero", "Levin header of the Monero node (levin_base.h)")
                            .at(0, "01 21 01 01 01 01 01 01"),
                    Sign.of("edonkey", "eMule protocol specification (Kulbak, Bickson) §6.4.1")
                            .at(0, "e3 .. .. 00 00 01 10")
                            .littleLength(1, 4, 5),
                    whatsApp("57 41 01 05 00"),
                    whatsApp("57 41 05 02 00"),
                    whatsApp("57 41 06 02 00"),
                    whatsApp("57 41 06 03 00"),
                    whatsApp("45 44 00 01 00 00"));

    private static Sign iec104() {
        return Sign.of("iec104", "IEC 60870-5-104 §5.1");
    }

    private static Sign cql(String version) {
        return Sign.of("cassandra", "CQL native protocol §2, OPTIONS")
                .at(0, version + "00 00 00 05 00 00 00 00");
    }

    private static Sign thrift(int place) {
        return Sign.of("thrift", "Thrift binary protocol, strict encoding of a call")
                .at(place, "80 01 00 01 00 00 00");
    }

    private static Sign openFlow(String version) {
        return Sign.of(
                        "openflow",
                        "OpenFlow switch specification 1.3.5 §7.5.1, HELLO with versions")
                .at(0, version + "00 00 10 .. .. .. .. 00 01 00 08");
    }

    /// A reset behind a digest of so many octets (`tls-auth`).
    private static Sign openVpn(String head, int digest) {
        return Sign.of("openvpn", "OpenVPN wire protocol, tls-auth")
                .at(0, head)
                .at(11 + digest, "00 00 00 01 .. .. .. .. 00 00 00 00 00");
    }

    private static Sign rtsp(String line) {
        return Sign.of("rtsp", "RFC 2326 §6.1").text(0, line);
    }

    private static Sign whatsApp(String head) {
        return Sign.of("whatsapp", "the hello that the open clients whatsmeow and Baileys send")
                .at(0, head);
    }
}
