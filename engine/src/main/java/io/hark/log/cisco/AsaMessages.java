package io.hark.log.cisco;

import io.hark.event.LogDraft;
import io.hark.format.log.Template;
import java.util.List;
import java.util.stream.Stream;

/// The messages of ASA that name who talked to whom, as the manual prints them.
///
/// *Source*: Cisco Secure Firewall ASA Series Syslog Messages, 101001 to 880001.
final class AsaMessages {

    private static final String SRC = "{source.ip}/{source.port}";
    private static final String DST = "{destination.ip}/{destination.port}";
    private static final String FROM = "{observer.ingress.interface.name}:{source.ip}";
    private static final String TO = "{observer.egress.interface.name}:{destination.ip}";
    private static final String ON = " on interface {observer.egress.interface.name:rest}";
    private static final String SESSION =
            "Group <{user.domain:text}> User <{user}> IP <{source.ip}> ";

    private static final List<Template> ALL =
            Stream.of(
                            // 106001, 106006, 106007, 106010, 106014, 106015, 106016, 106021
                            "{network.direction=Inbound|Outbound} {network.transport} connection denied from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + "[ flags {:text}"
                                    + ON
                                    + "]",
                            "Deny {network.direction=inbound|outbound} {network.transport} from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + "["
                                    + ON
                                    + "]",
                            "Deny {network.direction=inbound|outbound} {network.transport} src "
                                    + FROM
                                    + "[/{source.port}] dst "
                                    + TO
                                    + "[/{destination.port}]",
                            "Deny {network.transport} (no connection) from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + "[ flags {:text}"
                                    + ON
                                    + "]",
                            "Deny IP spoof from ({source.ip}) to {destination.ip}[" + ON + "]",
                            "Deny {network.transport} reverse path check from {source.ip} to {destination.ip}["
                                    + ON
                                    + "]",
                            "Deny IP from {source.ip} to {destination.ip}",
                            "Deny {network.transport} connection spoof from {source.ip} to {destination.ip}["
                                    + ON
                                    + "]",
                            // 106023
                            "Deny {network.transport} src "
                                    + FROM
                                    + "[/{source.port}][({user})] dst "
                                    + TO
                                    + "[/{destination.port}][({})][ (type {:number}, code {:number})]"
                                    + " by access-group \"{rule.name:text}\"",
                            // 106100, 106102
                            "access-list {rule.name} {event.action=permitted|denied|est-allowed} {network.transport}"
                                    + " [for user '{user.name:text}' ]{observer.ingress.interface.name}/{source.ip}({source.port})[({})] ->"
                                    + " {observer.egress.interface.name}/{destination.ip}({destination.port})",
                            // 110002, 110003
                            "Routing failed to locate next hop for {network.transport} from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port}",
                            // 111007 to 111010
                            "Begin configuration: {source.ip} reading from {network.protocol}",
                            "User '{user}' executed {:text}cmd: {process.command_line:rest}",
                            "User '{user}', running '{process.name:text}' from IP {source.ip}, executed '{process.command_line:text}'",
                            // 113004, 113005, 113015
                            "AAA user {=authentication|authorization|accounting} {event.outcome} : [server = {destination.ip} : ][local database : ]user = {user}",
                            "AAA user {=authentication|authorization} {event.outcome} : reason = {event.reason:text} :"
                                    + " [server = {destination.ip} : ][local database : ]user = {user}[ : user IP = {source.ip}]",
                            // 113019, 113039 and what VPN sessions say
                            "Group = {user.domain:text}, Username = {user}, IP = {source.ip}, Session disconnected."
                                    + "[ Session Type: {:text}, Duration: {:text}, Bytes xmt: {destination.bytes}, Bytes rcv: {source.bytes}, Reason: {event.reason:rest}]",
                            "Group = {user.domain:text}, Username = {user}, IP = {source.ip}, {message:rest}",
                            "Group <{user.domain:text}> User <{user}> IP <{source.nat.ip}> IPv4 Address <> IPv6 address <{source.ip}> assigned",
                            "Group <{user.domain:text}> User <{user}> IP <{source.nat.ip}> IPv4 Address <{source.ip}>",
                            SESSION + "Authentication: {event.outcome},",
                            SESSION + "{message:rest}",
                            "UAUTH: Session={}, User={user}, Assigned IP={source.ip}, {message:rest}",
                            // 302013 to 302016, 302020, 302021, 302303
                            "Built {network.direction=inbound|outbound} {network.transport} connection {:word} for "
                                    + FROM
                                    + "/{source.port} ({source.nat.ip}/{source.nat.port})[({user})] to "
                                    + TO
                                    + "/{destination.port} ({destination.nat.ip}/{destination.nat.port})[ ({})]",
                            "Teardown {network.transport} connection {:word} {=for|faddr} "
                                    + FROM
                                    + "/{source.port}[({user})] to "
                                    + TO
                                    + "/{destination.port}[({})] duration {event.duration} bytes {network.bytes}[ {event.reason:rest}]",
                            "{=Built|Teardown} [{network.direction=inbound|outbound} ]{network.transport} connection [{:number} ]for faddr {source.ip}/{source.port}[({user})]"
                                    + "[ gaddr {destination.nat.ip}/{destination.nat.port}] laddr {destination.ip}/{destination.port}",
                            // 305009 to 305012
                            "{=Built|Teardown} {=dynamic|static|portmap} {network.transport} translation from "
                                    + FROM
                                    + "/{source.port}[({})] to "
                                    + TO
                                    + "/{destination.port}",
                            "{=Built|Teardown} {=dynamic|static} translation from "
                                    + FROM
                                    + "[({})] to "
                                    + TO,
                            // 304001
                            "{source.ip}({source.user.name:text}) Accessed URL {destination.ip}:{url.original:rest}",
                            "{source.ip} Accessed URL {destination.ip}:{url.original:rest}",
                            // 313001, 313004, 313005, 313008
                            "Denied {network.transport} type={:number}, [from laddr {:text}]from {source.ip}[ on interface {observer.egress.interface.name}]",
                            "Denied {network.transport} type={:number}, code={:number} from {source.ip} on interface {observer.egress.interface.name}",
                            "No matching connection for ICMP error message: {network.transport} src "
                                    + FROM
                                    + "[({user})] dst "
                                    + TO
                                    + "[({})] (type",
                            // 402119, 419001, 419002, 500003
                            "Dropping TCP packet from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port}, reason: {event.reason:rest}",
                            "Duplicate TCP SYN from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port}",
                            "Bad TCP hdr length (hdrlen={:number}, pktlen={:number}) from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + ", flags: {:text},"
                                    + ON,
                            // 605004, 605005
                            "Login {event.outcome} from "
                                    + SRC
                                    + " to {observer.ingress.interface.name}:{destination.ip}/{network.protocol} for user \"{user}\"",
                            // 609001, 609002
                            "{=Built|Teardown} local-host {observer.ingress.interface.name}:{source.ip}[ duration {event.duration}]",
                            // 611101 to 611103
                            "User authentication {event.outcome}: [IP address: {source.ip}, ]Uname: {user}",
                            "User logged out: Uname: {user}",
                            // 725001 to 725016
                            "Starting SSL handshake with {:word} "
                                    + FROM
                                    + "/{source.port}[ to {destination.ip}/{destination.port}]",
                            "Device {=completed|failed} SSL handshake with {:word} "
                                    + FROM
                                    + "/{source.port}[ to {destination.ip}/{destination.port}]",
                            "SSL session with {:word} "
                                    + FROM
                                    + "/{source.port}[ to {destination.ip}/{destination.port}]",
                            // 737016, 737026
                            "IPAA: [Session={}, ]{=Freeing local pool|Client assigned} {:word} {source.ip}",
                            "IPAA: [Session={}, ]{=Freeing|Client assigned} [local pool ]address {source.ip}",
                            // 750001 to 751026
                            "Local:[ ]{source.ip}:{source.port} Remote:[ ]{destination.ip}:{destination.port} Username:{user} {message:rest}",
                            // 106017
                            "Deny IP due to Land Attack from {source.ip} to {destination.ip}",
                            // 109005 to 109008
                            "Authentication {event.outcome=succeeded|failed} for user '{user.name:text}' from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + " on interface {observer.ingress.interface.name}",
                            // 111001 to 111005
                            "{=Begin|End} configuration: {source.ip} {=reading|writing} {message:rest}",
                            "{source.ip} end configuration: {event.outcome}",
                            // 201010, 201011
                            "{:text}onnection limit exceeded {:text} for {:text}packet from "
                                    + SRC
                                    + " to "
                                    + DST
                                    + ON,
                            // 303002
                            "FTP connection from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port}, user {user} {event.action} file {file.path:rest}",
                            // 305013
                            "Asymmetric NAT rules matched for forward and reverse flows; Connection for {network.transport} src "
                                    + FROM
                                    + "[/{source.port}][({})] dst "
                                    + TO
                                    + "[/{destination.port}]",
                            // 402116 to 402119
                            "IPSEC: Received {:text} from {source.ip} (user= {user}) to {destination.ip}",
                            "IPSEC: Received {:text} from {source.ip} to {destination.ip}",
                            // 405001
                            "Received ARP {:word} collision from {source.ip}/{source.mac} on interface {observer.ingress.interface.name}",
                            // 411001, 411002
                            "Line protocol on Interface {observer.ingress.interface.name}, changed state to {event.action}",
                            // 434002, 434004
                            "SFR requested to {event.action:text} {network.transport} packet from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port}",
                            // 500004
                            "Invalid transport field for protocol={network.transport}, from "
                                    + SRC
                                    + " to "
                                    + DST,
                            // 502101 to 502103
                            "User priv level changed: Uname: {user}",
                            // 507003
                            "{network.transport} flow from "
                                    + FROM
                                    + "/{source.port} to "
                                    + TO
                                    + "/{destination.port} terminated by inspection engine, reason - {event.reason:rest}",
                            // 710001 to 710006
                            "{network.transport} access {event.action=denied by ACL|permitted|requested} from "
                                    + SRC
                                    + " to {observer.ingress.interface.name}:{destination.ip}/{destination.port}",
                            "{network.transport} request discarded from "
                                    + SRC
                                    + " to {observer.ingress.interface.name}:{destination.ip}/{destination.port}",
                            // 713049 and what IKEv1 says
                            "[Group = {user.domain:text}, ][Username = {user}, ]IP = {source.ip}, {message:rest}",
                            // 733102, 733103
                            "Threat-detection {=adds|removes} host {source.ip} {=to|from} shun list",
                            // 746012, 746013
                            "user-identity: {event.action=Add|Delete} IP-User mapping {source.ip} - {user} {event.outcome}",
                            // 852001, 852002
                            "Received {:text} event from application {network.application} for {network.transport} flow "
                                    + SRC
                                    + " to "
                                    + DST)
                    .map(Template::of)
                    .toList();

    private AsaMessages() {}

    /// Reads the message, if it is one of these.
    static boolean read(String message, LogDraft out) {
        return Template.readAny(ALL, message, out);
    }
}
