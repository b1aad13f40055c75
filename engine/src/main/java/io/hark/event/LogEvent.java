package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one line of a log says: of a firewall, a server, a proxy. A [LogDraft] makes it.
///
/// *Shape*: a column bears the name that the Elastic Common Schema has for it, since a log says
/// nothing about packets that Zeek would have named; what is absent is null, or an empty list. What
/// no column has is in [#fields], and the line is there as it was, so that nothing is lost.
///
/// *Source*: ECS 9.
@Named(value = "log", about = "a line of a log", sight = Sight.LOG)
public record LogEvent(
        @About(value = "when it happened, as the line tells", unit = Unit.TIME) long ts,
        @About(
                        value =
                                "when it was received; of a line that was read from a finished log, when it happened",
                        unit = Unit.TIME,
                        log = false)
                long seen,
        @About(
                        """
                        how the time is known: `line`, `line, zone assumed`, `line, year inferred`, `line before` \
                        where this one tells none, `file` where no line did, `received` where one that came by \
                        itself tells none""")
                String ts_source,
        @About("the input it stood in; of a collected one `LISTENER/SENDER`") String input,
        @About("number of its first line there, from 1, as far as Hark has read it") long line,
        @About(value = "who wrote it, one word: `fortigate`, `sshd`", name = "event.module")
                String module,
        @About(value = "which of its logs: `fortigate.traffic`", name = "event.dataset")
                String dataset,
        @About(value = "event or alert", name = "event.kind") String kind,
        @About(value = "what it is about, in ECS's words", name = "event.category")
                List<String> category,
        @About(value = "what came of it, in ECS's words", name = "event.type") List<String> type,
        @About(value = "what was done, in the product's words", name = "event.action")
                @Nullable String action,
        @About(value = "success or failure, or the product's word", name = "event.outcome")
                @Nullable String outcome,
        @About(value = "the product's number for such a line", name = "event.code")
                @Nullable String code,
        @About(value = "why", name = "event.reason") @Nullable String reason,
        @About(value = "when it began", name = "event.start", unit = Unit.TIME)
                @Nullable Long start,
        @About(value = "when it ended", name = "event.end", unit = Unit.TIME) @Nullable Long end,
        @About(value = "how long it took", name = "event.duration", unit = Unit.DURATION)
                @Nullable Long duration,
        @About(value = "how bad it is, in the product's words", name = "log.level")
                @Nullable String level,
        @About(value = "the device that logged it, or that it is about", name = "host.name")
                @Nullable String host,
        @About(value = "who made the device", name = "observer.vendor") @Nullable String vendor,
        @About(value = "what the device is", name = "observer.product") @Nullable String product,
        @About(value = "where it came in", name = "observer.ingress.interface.name")
                @Nullable String ingress,
        @About(value = "where it went out", name = "observer.egress.interface.name")
                @Nullable String egress,
        LogPeer source,
        LogPeer destination,
        @About(value = "tcp, udp, icmp", name = "network.transport") @Nullable String transport,
        @About(value = "http, dns, tls", name = "network.protocol") @Nullable String protocol,
        @About(value = "the program or site above it", name = "network.application")
                @Nullable String application,
        @About(value = "inbound, outbound, internal", name = "network.direction")
                @Nullable String direction,
        @About(value = "ipv4 or ipv6", name = "network.type") @Nullable String network_type,
        @About(value = "bytes of both ends", name = "network.bytes", unit = Unit.BYTES)
                @Nullable Long bytes,
        @About(value = "packets of both ends", name = "network.packets", unit = Unit.PACKETS)
                @Nullable Long packets,
        @About(value = "who did it", name = "user.name") @Nullable String user,
        @About(value = "where that user is known", name = "user.domain")
                @Nullable String user_domain,
        @About(value = "number or key of the rule that matched", name = "rule.id")
                @Nullable String rule_id,
        @About(value = "name of the rule that matched", name = "rule.name")
                @Nullable String rule_name,
        @About(value = "the URL as it was logged", name = "url.original")
                @Nullable String url_original,
        @About(value = "the URL with its host", name = "url.full") @Nullable String url_full,
        @About(value = "host of the URL", name = "url.domain") @Nullable String url_domain,
        @About(value = "path of the URL", name = "url.path") @Nullable String url_path,
        @About(value = "method of the request", name = "http.request.method")
                @Nullable String method,
        @About(value = "status of the response", name = "http.response.status_code")
                @Nullable Integer status,
        @About(value = "what the client calls itself", name = "user_agent.original")
                @Nullable String user_agent,
        @About(value = "name that was asked for", name = "dns.question.name")
                @Nullable String query,
        @About(value = "type of the question", name = "dns.question.type") @Nullable String qtype,
        @About(value = "answer code", name = "dns.response_code") @Nullable String rcode,
        @About(value = "the answers in text", name = "dns.answers") @Nullable List<String> answers,
        @About(value = "name of the file", name = "file.name") @Nullable String file_name,
        @About(value = "path of the file", name = "file.path") @Nullable String file_path,
        @About(value = "SHA-256 of the file", name = "file.hash.sha256") @Nullable String sha256,
        @About(value = "MD5 of the file", name = "file.hash.md5") @Nullable String md5,
        @About(value = "the program that logged it, or that it is about", name = "process.name")
                @Nullable String process,
        @About(value = "its process id", name = "process.pid") @Nullable Long pid,
        @About(value = "the command that ran", name = "process.command_line")
                @Nullable String command,
        @About("what it says, for a person") @Nullable String message,
        @About("what else it says") List<LogField> fields,
        @About(value = "the line as it was", name = "event.original") String original)
        implements Event {

    /// Keeps its own copies.
    public LogEvent {
        category = List.copyOf(category);
        type = List.copyOf(type);
        answers = answers == null ? null : List.copyOf(answers);
        fields = List.copyOf(fields);
    }
}
