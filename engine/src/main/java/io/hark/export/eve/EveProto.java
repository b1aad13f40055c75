package io.hark.export.eve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Suricata's names of protocols.
final class EveProto {

    private EveProto() {}

    /// Of the IP protocol of that number.
    static String of(int protocol) {
        return switch (protocol) {
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IP-in-IP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 41 -> "IPv6";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 58 -> "IPv6-ICMP";
            case 132 -> "SCTP";
            default -> String.format(java.util.Locale.ROOT, "%03d", protocol);
        };
    }

    /// Of the transport that events call so.
    static int number(String proto) {
        return proto.equals("udp") ? EveLines.UDP : EveLines.TCP;
    }

    /// Of the protocol that all others of the list ride on without taking its place; null where
    /// they lead to one another.
    static @Nullable String carrier(String services) {
        List<String> all = List.of(services.split(","));
        if (all.contains("quic") || all.contains("smb")) {
            return all.contains("quic") ? "quic" : "smb";
        }
        return all.contains("http2") && all.contains("dns") ? "doh2" : null;
    }

    /// Of the application protocol that Zeek calls so, the connection's responder having that port;
    /// null where Suricata knows none.
    static @Nullable String application(String service, int port) {
        return switch (service) {
            case "ssl" -> "tls";
            case "dns" ->
                    switch (port) {
                        case EveDns.MDNS -> "mdns";
                        case EveDns.LLMNR, EveDns.NETBIOS -> "failed";
                        default -> "dns";
                    };
            case "krb", "krb_tcp" -> "krb5";
            case "ldap_tcp", "ldap_udp" -> "ldap";
            case "dce_rpc" -> "dcerpc";
            case "dnp3_tcp", "dnp3_udp" -> "dnp3";
            case "enip", "cip" -> "enip";
            case "postgresql" -> "pgsql";
            case "http",
                    "ftp",
                    "ftp-data",
                    "smtp",
                    "ssh",
                    "smb",
                    "imap",
                    "pop3",
                    "dhcp",
                    "ntp",
                    "snmp",
                    "sip",
                    "rdp",
                    "rfb",
                    "mqtt",
                    "modbus",
                    "dnp3",
                    "tftp",
                    "nfs",
                    "ike",
                    "krb5",
                    "ldap",
                    "quic",
                    "pgsql",
                    "websocket",
                    "telnet",
                    "irc",
                    "bittorrent-dht",
                    "http2" ->
                    service;
            default -> null;
        };
    }
}
