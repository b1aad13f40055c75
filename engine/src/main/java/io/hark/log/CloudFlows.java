package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Flow logs of clouds: AWS VPC (columns and JSON), Azure network security groups, Google VPC.
///
/// *Source*: AWS, VPC Flow Logs, record fields of versions 2 to 5 in their default order;
/// Microsoft, NSG flow logs, version 2 tuples; Google Cloud, VPC flow logs record format.
public final class CloudFlows implements LineParser {

    private static final Pattern AWS =
            Pattern.compile("(?:^|\\s)(\\d \\d{10,12} eni-\\S+ .*)$", Pattern.DOTALL);

    private static final String[] AWS_COLUMNS = {
        "version",
        "account_id",
        "interface_id",
        "srcaddr",
        "dstaddr",
        "srcport",
        "dstport",
        "protocol",
        "packets",
        "bytes",
        "start",
        "end",
        "action",
        "log_status",
        "vpc_id",
        "subnet_id",
        "instance_id",
        "tcp_flags",
        "type",
        "pkt_srcaddr",
        "pkt_dstaddr",
        "region",
        "az_id",
        "sublocation_type",
        "sublocation_id",
        "pkt_src_aws_service",
        "pkt_dst_aws_service",
        "flow_direction",
        "traffic_path"
    };

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "srcaddr", "source.ip",
                    "jsonPayload.connection.src_ip", "source.ip",
                    "srcport", "source.port",
                    "jsonPayload.connection.src_port", "source.port",
                    "bytes", "source.bytes",
                    "jsonPayload.bytes_sent", "source.bytes",
                    "packets", "source.packets",
                    "jsonPayload.packets_sent", "source.packets",
                    "dstaddr", "destination.ip",
                    "jsonPayload.connection.dest_ip", "destination.ip",
                    "dstport", "destination.port",
                    "jsonPayload.connection.dest_port", "destination.port",
                    "protocol", "",
                    "jsonPayload.connection.protocol", "",
                    "macAddress", "source.mac",
                    "start", "event.start",
                    "jsonPayload.start_time", "event.start",
                    "end", "event.end",
                    "jsonPayload.end_time", "event.end",
                    "interface_id", "observer.ingress.interface.name",
                    "action", "",
                    "operationName", "event.code",
                    "rule", "rule.name",
                    "time", "ts",
                    "timestamp", "ts");

    /// The parser.
    public CloudFlows() {}

    @Override
    public String name() {
        return "cloud_flows";
    }

    @Override
    public String about() {
        return "flow logs of AWS VPC, Azure NSG and Google VPC";
    }

    @Override
    public List<String> signs() {
        return List.of(" eni-", "\"eni-", "NetworkSecurityGroupFlowEvent", "vpc_flows");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = line.text().indexOf('{') >= 0 ? line.json() : columns(line.text());
        if (pairs == null) {
            return false;
        }
        String cloud =
                pairs.has("flow.0") || pairs.has("operationName")
                        ? "azure"
                        : pairs.has("srcaddr") || pairs.has("interface_id") ? "aws" : "gcp";
        out.of(cloud, "flow");
        out.device(
                cloud.equals("aws") ? "Amazon" : cloud.equals("azure") ? "Microsoft" : "Google",
                cloud);
        FIELDS.apply(pairs, line, cloud, out);
        if (cloud.equals("azure")) {
            azure(pairs, line, out);
            return true;
        }
        String start = pairs.first("start", "jsonPayload.start_time");
        if (!start.isEmpty()) {
            line.time("ts", start, out);
        }
        out.put(
                "network.transport",
                Transports.name(
                        pairs.first("protocol", "jsonPayload.connection.protocol")
                                .replace("-", "")));
        String action = pairs.text("action").toLowerCase(Locale.ROOT);
        out.put("event.action", action.replace("-", ""));
        boolean isDenied = action.equals("reject");
        if (!action.isEmpty() && !action.equals("-")) {
            out.put("event.outcome", isDenied ? "failure" : "success");
        }
        out.put("network.direction", pairs.text("flow_direction"));
        out.is("network", isDenied ? "connection,denied" : "connection");
        return true;
    }

    private static @Nullable Pairs columns(String text) {
        Matcher aws = AWS.matcher(text);
        if (!aws.find()) {
            return null;
        }
        String[] cells = aws.group(1).strip().split(" ");
        Pairs pairs = new Pairs();
        for (int i = 0; i < cells.length && i < AWS_COLUMNS.length; i++) {
            pairs.add(AWS_COLUMNS[i], cells[i]);
        }
        return pairs;
    }

    /// A tuple: time, addresses, ports, `T` or `U`, `I` or `O`, `A` or `D`, and in version 2 the
    /// state and packets and bytes of both ways.
    private static void azure(Pairs pairs, LogLine line, LogDraft out) {
        String[] tuple = pairs.text("flow.0").split(",");
        out.put("source.ip", pairs.get("source_addr"));
        if (tuple.length >= 8) {
            out.orElse("source.ip", tuple[1]);
            out.put("destination.ip", tuple[2])
                    .put("source.port", tuple[3])
                    .put("destination.port", tuple[4]);
            out.put("network.transport", tuple[5].equals("T") ? "tcp" : "udp");
            out.put("network.direction", tuple[6].equals("I") ? "inbound" : "outbound");
            boolean isAllowed = tuple[7].equals("A");
            out.put("event.action", isAllowed ? "accept" : "deny");
            out.put("event.outcome", isAllowed ? "success" : "failure");
            out.is("network", isAllowed ? "allowed" : "denied");
        } else {
            out.is("network", "info");
        }
        if (tuple.length >= 13) {
            out.put("source.packets", tuple[9]).put("source.bytes", tuple[10]);
            out.put("destination.packets", tuple[11]).put("destination.bytes", tuple[12]);
        }
        String time = pairs.text("time");
        if (!time.isEmpty()) {
            line.time("event.start", time, out);
        }
    }
}
