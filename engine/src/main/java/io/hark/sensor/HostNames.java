package io.hark.sensor;

import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Ntlm;
import io.hark.event.SmbMapping;
import io.hark.schema.Addr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One name for each host, for people to know it by: the first that anything said of it.
///
/// *Thread*: the merge's; read when the analysis is over.
final class HostNames {

    private static final int MAX_NAMES = 1 << 16; // hosts with names

    private final Map<Addr, HostName> names = new HashMap<>();

    /// The name of a host, and how it is known.
    @Nullable HostName of(Addr host) {
        return names.get(host);
    }

    void event(Event event) {
        switch (event) {
            case Conn conn -> conn(conn);
            case Dns dns -> dns(dns);
            case Dhcp dhcp -> dhcp(dhcp);
            case Ntlm ntlm -> ntlm(ntlm);
            case SmbMapping share -> share(share);
            default -> {}
        }
    }

    private void conn(Conn conn) {
        String known = conn.resp_name();
        String from = conn.name_source();
        if (known != null && from != null) {
            name(conn.id().resp_h(), new HostName(known, from));
        }
    }

    /// The name asked for is what people know the host by, so the first one stays.
    private void dns(Dns dns) {
        String query = dns.query();
        List<String> answers = dns.answers();
        if (query == null || answers == null || !HostName.isHost(query)) {
            return;
        }
        for (String answer : answers) {
            Addr addr = Addr.parse(answer);
            if (addr != null) {
                name(addr, new HostName(query, Names.DNS));
            }
        }
    }

    /// What a client calls itself, with the address it got.
    private void dhcp(Dhcp dhcp) {
        String own = dhcp.client_fqdn() == null ? dhcp.host_name() : dhcp.client_fqdn();
        Addr host = dhcp.assigned_addr() == null ? dhcp.client_addr() : dhcp.assigned_addr();
        if (own != null && !own.isEmpty() && host != null && !host.isGroupOrNobody()) {
            name(host, new HostName(own, "dhcp"));
        }
    }

    /// What the server of a logon calls itself, which the client cannot choose.
    private void ntlm(Ntlm ntlm) {
        String own = ntlm.server_dns_computer_name();
        own = own == null || own.isEmpty() ? ntlm.server_nb_computer_name() : own;
        if (own != null && !own.isEmpty()) {
            name(ntlm.id().resp_h(), new HostName(own, "ntlm"));
        }
    }

    /// `\\\\FILES\\IPC$`: what the client calls the server.
    private void share(SmbMapping share) {
        String path = share.path();
        if (path != null && path.startsWith("\\\\")) {
            int end = path.indexOf('\\', 2);
            String called = end < 0 ? "" : path.substring(2, end);
            if (!called.isEmpty() && Addr.parse(called) == null) {
                name(share.id().resp_h(), new HostName(called, "smb"));
            }
        }
    }

    private void name(Addr host, HostName name) {
        if (names.size() < MAX_NAMES) {
            names.putIfAbsent(host, name);
        }
    }
}
