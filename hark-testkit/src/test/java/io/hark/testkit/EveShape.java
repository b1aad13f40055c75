package io.hark.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which fields EVE has, and of which type: programs that read it were written against these. What
/// stands here is what Suricata 8 documents of the kinds that Hark writes; a field that is missing
/// here must be looked up before it is added.
final class EveShape {

    private static final String TABLE =
            """
            text timestamp event_type src_ip dest_ip proto pkt_src community_id app_proto app_proto_orig
            number flow_id pcap_cnt src_port dest_port ip_v tx_id icmp_type icmp_code response_icmp_type response_icmp_code
            list vlan
            object ssh ssh.client ssh.server ssh.client.hassh ssh.server.hassh smtp email quic quic.ja3
            text ssh.client.proto_version ssh.client.software_version ssh.client.hassh.hash
            text ssh.server.proto_version ssh.server.software_version ssh.server.hassh.hash
            text smtp.helo smtp.mail_from email.status email.from email.subject email.date email.message_id
            list smtp.rcpt_to email.to email.cc email.attachment
            text quic.version quic.sni quic.ua quic.ja3.hash quic.ja4 quic.extensions.name
            list quic.extensions quic.extensions.values
            number quic.extensions.type
            object flow tcp dns mdns http tls fileinfo ftp ftp_data anomaly stats
            number flow.pkts_toserver flow.pkts_toclient flow.bytes_toserver flow.bytes_toclient flow.age
            text flow.start flow.end flow.state flow.reason
            flag flow.alerted
            text tcp.tcp_flags tcp.tcp_flags_ts tcp.tcp_flags_tc tcp.state
            flag tcp.syn tcp.fin tcp.rst tcp.psh tcp.ack tcp.urg tcp.ecn tcp.cwr
            number tcp.ts_max_regions tcp.tc_max_regions
            number dns.version dns.tx_id dns.id dns.opcode
            text dns.type dns.flags dns.rcode
            flag dns.qr dns.aa dns.tc dns.rd dns.ra dns.z
            list dns.queries dns.answers dns.authorities dns.additionals
            text dns.queries.rrname dns.queries.rrtype
            object dns.grouped
            list dns.grouped.A dns.grouped.AAAA dns.grouped.CNAME dns.grouped.MX dns.grouped.NS dns.grouped.NULL
            list dns.grouped.PTR dns.grouped.SOA dns.grouped.SRV dns.grouped.TXT dns.grouped.SSHFP
            text http.hostname http.url http.http_user_agent http.http_content_type http.http_refer http.http_method http.protocol http.redirect
            number http.http_port http.status http.length
            object http.content_range
            text http.content_range.raw
            number http.content_range.start http.content_range.end http.content_range.size
            text tls.subject tls.issuerdn tls.serial tls.fingerprint tls.sni tls.version tls.notbefore tls.notafter tls.ja4
            list tls.subjectaltname tls.client_alpns tls.server_alpns
            flag tls.session_resumed
            object tls.ja3 tls.ja3s
            text tls.ja3.hash tls.ja3s.hash
            text fileinfo.filename fileinfo.state fileinfo.md5 fileinfo.sha1 fileinfo.sha256
            number fileinfo.size fileinfo.tx_id fileinfo.start fileinfo.end
            flag fileinfo.gaps fileinfo.stored
            text ftp.command ftp.command_data ftp.mode ftp.reply_received
            list ftp.completion_code ftp.reply
            number ftp.dynamic_port
            flag ftp.command_truncated ftp.reply_truncated
            text ftp_data.filename ftp_data.command
            text anomaly.app_proto anomaly.type anomaly.event anomaly.layer
            object stats.capture stats.decoder stats.tcp
            number stats.uptime stats.capture.kernel_packets stats.capture.kernel_drops stats.decoder.pkts stats.decoder.bytes stats.tcp.sessions
            number mdns.id mdns.opcode mdns.rcode
            text mdns.type
            list mdns.flags
            list mdns.queries mdns.answers mdns.authorities mdns.additionals
            text mdns.queries.rrname mdns.queries.rrtype
            object mqtt smb tftp rfb sip ldap
            object krb5 pop3 pop3.request pop3.response
            text krb5.msg_type krb5.failed_request krb5.error_code krb5.cname krb5.realm krb5.sname krb5.ticket_encryption
            flag krb5.ticket_weak_encryption
            text pop3.request.command pop3.response.status pop3.response.header
            list pop3.request.args
            flag pop3.response.success
            object ldap.request.bind_request ldap.request.bind_request.sasl ldap.request.add_request ldap.request.modify_request
            object ldap.request.mod_dn_request ldap.request.del_request ldap.request.compare_request ldap.request.search_request
            object ldap.responses.search_result_done
            number ldap.request.bind_request.version ldap.request.search_request.scope ldap.request.search_request.deref_alias
            text ldap.request.bind_request.name ldap.request.bind_request.sasl.mechanism ldap.request.add_request.entry
            text ldap.request.modify_request.object ldap.request.mod_dn_request.entry ldap.request.del_request.dn
            text ldap.request.compare_request.entry ldap.request.search_request.base_object
            list ldap.request.search_request.attributes
            text ldap.responses.search_result_done.result_code ldap.responses.search_result_done.message
            object ldap.request ldap.responses.bind_response ldap.responses.add_response ldap.responses.modify_response
            object ldap.responses.mod_dn_response ldap.responses.del_response ldap.responses.compare_response ldap.responses.extended_response
            text ldap.request.operation ldap.responses.operation
            number ldap.request.message_id ldap.responses.message_id
            list ldap.responses
            text ldap.responses.bind_response.result_code ldap.responses.bind_response.message
            text ldap.responses.add_response.result_code ldap.responses.add_response.message
            text ldap.responses.modify_response.result_code ldap.responses.modify_response.message
            text ldap.responses.mod_dn_response.result_code ldap.responses.mod_dn_response.message
            text ldap.responses.del_response.result_code ldap.responses.del_response.message
            text ldap.responses.compare_response.result_code ldap.responses.compare_response.message
            text ldap.responses.extended_response.result_code ldap.responses.extended_response.message
            object smb.set_info smb.rename smb.ntlmssp
            number smb.id smb.session_id smb.tree_id smb.created smb.accessed smb.modified smb.changed smb.size
            text smb.dialect smb.command smb.status smb.status_code smb.share smb.named_pipe smb.share_type smb.filename
            text smb.directory smb.fuid smb.disposition smb.access smb.rename.from smb.rename.to
            text smb.set_info.class smb.set_info.info_level smb.ntlmssp.domain smb.ntlmssp.user smb.ntlmssp.host smb.ntlmssp.version
            text tftp.packet tftp.file tftp.mode
            text sip.method sip.uri sip.version sip.request_line sip.code sip.reason sip.response_line
            object rfb.server_protocol_version rfb.client_protocol_version rfb.authentication rfb.framebuffer
            text rfb.server_protocol_version.major rfb.server_protocol_version.minor
            text rfb.client_protocol_version.major rfb.client_protocol_version.minor
            text rfb.authentication.security_result rfb.framebuffer.name rfb.server_security_failure_reason
            number rfb.authentication.security_type rfb.framebuffer.width rfb.framebuffer.height
            flag rfb.screen_shared
            text mqtt.connect.protocol_string mqtt.connect.client_id mqtt.connect.username
            text mqtt.connect.will.topic mqtt.connect.will.message mqtt.publish.topic mqtt.publish.message
            number mqtt.connect.protocol_version mqtt.connack.return_code
            object mqtt.connect.flags mqtt.connect.will mqtt.connect.will.properties
            flag mqtt.connack.session_present mqtt.connect.flags.username mqtt.connect.flags.password
            flag mqtt.connect.flags.will mqtt.connect.flags.will_retain mqtt.connect.flags.clean_session
            list mqtt.subscribe.topics mqtt.unsubscribe.topics mqtt.suback.qos_granted mqtt.unsuback.reason_codes
            text mqtt.subscribe.topics.topic
            number mqtt.subscribe.topics.qos
            """;

    /// What each packet of MQTT may have.
    private static final String PACKET =
            """
            number qos message_id reason_code
            flag retain dup
            object properties
            """;

    /// MQTT 5.0, table 2-4, as Suricata names them.
    private static final Set<String> MQTT_PROPERTIES =
            Set.of(
                    """
                    assigned_client_identifier authentication_method content_type correlation_data
                    maximum_packet_size maximum_qos message_expiry_interval
                    payload_format_indicator reason_string receive_maximum
                    request_problem_information request_response_information
                    response_information response_topic retain_available server_keep_alive
                    server_reference session_expiry_interval shared_subscription_available
                    subscription_identifier subscription_identifier_available topic_alias
                    topic_alias_maximum user_properties wildcard_subscription_available
                    will_delay_interval"""
                            .split("\\s+"));

    private static final List<String> PACKETS =
            List.of(
                    "connect",
                    "connack",
                    "publish",
                    "puback",
                    "pubrec",
                    "pubrel",
                    "pubcomp",
                    "subscribe",
                    "suback",
                    "unsubscribe",
                    "unsuback",
                    "pingreq",
                    "pingresp",
                    "disconnect",
                    "auth");

    private static final String RECORD =
            """
            text rrname rrtype rdata
            number ttl
            object soa srv sshfp
            list opt
            text soa.mname soa.rname srv.name sshfp.fingerprint opt.data
            number soa.serial soa.refresh soa.retry soa.expire soa.minimum srv.priority srv.weight srv.port sshfp.algo sshfp.type opt.code
            """;

    /// All that the schema of Suricata 8 has of multicast DNS.
    private static final String MDNS_RECORD =
            """
            text rrname ptr
            list txt
            """;

    private static final Set<String> REQUIRED = Set.of("timestamp", "event_type");

    private final Map<String, String> types = new HashMap<>();

    EveShape() {
        add("", TABLE);
        for (String section : List.of("answers", "authorities", "additionals")) {
            add("dns." + section + ".", RECORD);
            add("mdns." + section + ".", MDNS_RECORD);
        }
        for (String packet : PACKETS) {
            types.put("mqtt." + packet, "object");
            add("mqtt." + packet + ".", PACKET);
        }
        String soa = "number serial refresh retry expire minimum\ntext mname rname";
        add("dns.grouped.SOA.", soa);
        add("dns.grouped.SRV.", "number priority weight port\ntext name");
        add("dns.grouped.SSHFP.", "number algo type\ntext fingerprint");
    }

    private void add(String prefix, String table) {
        table.lines()
                .map(line -> line.split(" "))
                .forEach(
                        words -> {
                            for (int i = 1; i < words.length; i++) {
                                types.put(prefix + words[i], words[0]);
                            }
                        });
    }

    /// What is wrong with an event; nothing where it is as EVE has it.
    List<String> faults(Map<?, ?> event) {
        List<String> faults = new ArrayList<>();
        for (String name : REQUIRED) {
            if (!event.containsKey(name)) {
                faults.add("lacks " + name);
            }
        }
        if (!String.valueOf(event.get("timestamp"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+0000")) {
            faults.add("timestamp " + event.get("timestamp"));
        }
        if (!event.containsKey(String.valueOf(event.get("event_type")))) {
            faults.add("has no object " + event.get("event_type"));
        }
        look("", event, faults);
        return faults;
    }

    private void look(String prefix, Map<?, ?> object, List<String> faults) {
        object.forEach(
                (name, value) -> {
                    String path = prefix + name;
                    if (path.startsWith("mqtt.") && prefix.endsWith(".properties.")) {
                        if (!MQTT_PROPERTIES.contains(name)) {
                            faults.add("no such property: " + path);
                        }
                        return;
                    }
                    String type = types.get(path);
                    if (type == null) {
                        faults.add("no such field: " + path);
                    } else if (!type.equals(typeOf(value))) {
                        faults.add(path + " is no " + type + ": " + value);
                    }
                    if (value instanceof Map<?, ?> inner) {
                        look(path + ".", inner, faults);
                    } else if (value instanceof List<?> list) {
                        for (Object one : list) {
                            if (one instanceof Map<?, ?> inner) {
                                look(path + ".", inner, faults);
                            }
                        }
                    }
                });
    }

    private static String typeOf(Object value) {
        return switch (value) {
            case String _ -> "text";
            case Number _ -> "number";
            case Boolean _ -> "flag";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "object";
            default -> "nothing";
        };
    }
}
