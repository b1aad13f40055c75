package io.hark.parse.recognise;

import java.util.List;

/// What datagrams of protocols look like: one row a form, and where it is written down.
///
/// A protocol that is read has no row here: its parser knows it. A port stands beside a form that
/// others could have elsewhere, never alone.
final class DatagramSigns {

    private DatagramSigns() {}

    private static final String MAGIC = "00 ff ff 00 fe fe fe fe fd fd fd fd 12 34 56 78";

    /// All of them.
    static final List<Sign> ALL =
            List.of(
                    // finding each other
                    Sign.of("giop", "OMG MIOP 1.0, packet header").text(0, "MIOP\20"),
                    Sign.of("slp", "RFC 2608 §8").at(0, "02").at(12, "00 02").length(2, 3, 0),
                    Sign.of("slp", "RFC 2165 §4.2")
                            .at(0, "01 .. .. .. .. 00 .. .. 00 ..")
                            .length(2, 2, 0),
                    Sign.of("wsd", "WS-Discovery 1.0 §2.4")
                            .text(0, "<?xml")
                            .has("schemas.xmlsoap.org/ws/2005/04/discovery")
                            .ports(3702),
                    Sign.of("xdmcp", "X Display Manager Control Protocol §4")
                            .at(0, "00 01 00")
                            .length(4, 2, 6)
                            .ports(177),
                    Sign.of("dropbox", "Dropbox LAN sync announcement").text(0, "{\"host_int\": "),
                    Sign.of("spotify", "Spotify's announcement on a LAN").text(0, "SpotUdp"),
                    Sign.of("syncthing", "Syncthing local discovery 4, Announce")
                            .at(0, "2e a7 d9 0b"),
                    Sign.of("tivoconnect", "TiVo Connect automatic machine discovery 1.5")
                            .text(0, "TiVoConnect="),
                    Sign.of("discord", "Discord voice connections, IP discovery")
                            .at(0, "00 01 00 46")
                            .length(2, 2, 4),
                    Sign.of("discord", "Discord voice connections, IP discovery")
                            .at(0, "00 02 00 46")
                            .length(2, 2, 4),
                    // networks
                    Sign.of("gtp", "3GPP TS 29.274 §5.1").at(0, "48").length(2, 2, 4).ports(2123),
                    Sign.of("gtp", "3GPP TS 29.060 §6").at(0, "32").length(2, 2, 8).ports(2123),
                    Sign.of("pfcp", "3GPP TS 29.244 §7.2.2")
                            .at(0, "20")
                            .length(2, 2, 4)
                            .ports(8805),
                    Sign.of("pfcp", "3GPP TS 29.244 §7.2.2")
                            .at(0, "21")
                            .length(2, 2, 4)
                            .ports(8805),
                    Sign.of("hsrp", "RFC 2281 §5").at(8, "63 69 73 63 6f 00 00 00").ports(1985),
                    Sign.of("hsrp", "Cisco HSRP version 2, group state")
                            .at(0, "01 28 02")
                            .ports(1985),
                    Sign.of("dce_rpc", "C706 §12.5, little-endian")
                            .at(0, "04 .. .. .. 10 00 00")
                            .littleLength(74, 2, 80),
                    Sign.of("dce_rpc", "C706 §12.5, big-endian")
                            .at(0, "04 .. .. .. 00 00 00")
                            .length(74, 2, 80),
                    Sign.of("rpc", "RFC 5531 §9, a call of Sun's programs")
                            .at(4, "00 00 00 00 00 00 00 02 00 01 86"),
                    Sign.of("collectd", "collectd binary protocol, the host first")
                            .at(0, "00 00 00")
                            .length(2, 2, 0)
                            .parts(4),
                    Sign.of("rmcp", "IPMI 2.0 §13.1").at(0, "06 00 ff 07").ports(623),
                    Sign.of("rmcp", "ASF 2.0 §3.2.2").at(0, "06 00 .. 06 00 00 11 be"),
                    Sign.of("dtls", "RFC 6347 §4.1, data in the middle of a session")
                            .at(0, "17 fe fd 00 01")
                            .length(11, 2, 13)
                            .parts(1),
                    Sign.of("dtls", "RFC 4347 §4.1, data in the middle of a session")
                            .at(0, "17 fe ff 00 01")
                            .length(11, 2, 13)
                            .parts(1),
                    // calls and media
                    mgcp("AUEP"),
                    mgcp("CRCX"),
                    mgcp("DLCX"),
                    mgcp("MDCX"),
                    mgcp("NTFY"),
                    mgcp("RQNT"),
                    mgcp("RSIP"),
                    Sign.of("megaco", "ITU-T H.248.1 annex B").text(0, "MEGACO/"),
                    Sign.of("megaco", "ITU-T H.248.1 annex B").text(0, "!/1 "),
                    Sign.of("iax", "RFC 5456 §8.1, NEW with its version")
                            .at(2, "00 00")
                            .at(8, "00 00 06 01 0b 02 00 02"),
                    rtcp("80 c8"),
                    rtcp("81 c8"),
                    rtcp("80 c9"),
                    rtcp("81 c9"),
                    Sign.of("teamspeak", "TeamSpeak 3's handshake").text(0, "TS3INIT1"),
                    Sign.of("raknet", "RakNet, offline message id").at(9, MAGIC).at(0, "01"),
                    Sign.of("raknet", "RakNet, offline message id").at(17, MAGIC).at(0, "1c"),
                    Sign.of("raknet", "RakNet, offline message id").at(1, MAGIC),
                    Sign.of("yojimbo", "netcode.io 1.02, connection request")
                            .at(0, "00")
                            .text(1, "NETCODE 1.0"),
                    // plants, buildings, vehicles
                    bacnet("0a", 4),
                    bacnet("0b", 4),
                    bacnet("04", 10),
                    Sign.of("knxip", "ISO 22510 (KNXnet/IP) core header")
                            .at(0, "06 10")
                            .length(4, 2, 0),
                    Sign.of("synchrophasor", "IEEE C37.118.2 §6.2").at(0, "aa 41").length(2, 2, 0),
                    Sign.of("synchrophasor", "IEEE C37.118.2 §6.2").at(0, "aa 01").length(2, 2, 0),
                    Sign.of("fins", "Omron W342 §5, FINS command").at(0, "80 00 02").ports(9600),
                    Sign.of("ether-s-bus", "SAIA Ether-S-Bus, as Wireshark reads it")
                            .at(0, "00 00")
                            .at(4, "01 00")
                            .length(0, 4, 0)
                            .ports(5050),
                    Sign.of("rtps", "OMG DDSI-RTPS 2.5 §9.4.4").text(0, "RTPS\2"),
                    Sign.of("someip", "AUTOSAR PRS SOME/IP §4.1.2, a request")
                            .at(4, "00 00 .. .. .. .. .. .. 01 .. .. 00")
                            .length(4, 4, 8),
                    trdp("01 00 4d"),
                    trdp("01 00 50"),
                    Sign.of("tplink_shp", "TP-Link smart home, {\"system under its fixed key")
                            .at(0, "d0 f2 81 f8 8b ff 9a f7"),
                    Sign.of("tuyalp", "Tuya LAN protocol, prefix and length")
                            .at(0, "00 00 55 aa")
                            .length(12, 4, 16));

    private static Sign mgcp(String verb) {
        return Sign.of("mgcp", "RFC 3435 §3.2.1").text(0, verb + " ").has(" MGCP ");
    }

    private static Sign bacnet(String function, int header) {
        return Sign.of("bacnet", "ASHRAE 135 annex J.2")
                .at(0, "81" + function)
                .at(header, "01")
                .length(2, 2, 0);
    }

    private static Sign rtcp(String head) {
        return Sign.of("rtcp", "RFC 3550 §6.4").at(0, head).length(2, 2, 4).units(4).parts(2);
    }

    private static Sign trdp(String head) {
        return Sign.of("trdp", "IEC 61375-2-3 annex A").at(4, head).at(20, "00 00");
    }
}
