package io.hark.log.paloalto;

import io.hark.format.log.CsvLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which cell of PAN-OS's comma-separated logs is what, under the names that Strata Logging Service
/// gives the same values in CEF and JSON; an underscore is a cell that nobody needs.
///
/// *Source*: PAN-OS Administrator's Guide, Syslog Field Descriptions, 10.2 and 11.0.
final class PanOsLayout {

    private static final int FIRST = 7; // cells that all types share come before

    /// What TRAFFIC, THREAT and what is like them have from the addresses to the action.
    private static final String SESSION =
            """
            SourceAddress DestinationAddress NATSource NATDestination Rule SourceUser DestinationUser \
            Application VirtualLocation FromZone ToZone InboundInterface OutboundInterface LogSetting _ \
            SessionID RepeatCount SourcePort DestinationPort NATSourcePort NATDestinationPort _ Protocol Action""";

    private static final Map<String, List<String>> TYPES =
            Map.ofEntries(
                    type(
                            "TRAFFIC",
                            SESSION
                                    + """
                                     Bytes BytesSent BytesReceived PacketsTotal SessionStartTime SessionDuration \
                                    URLCategory _ SequenceNo _ SourceLocation DestinationLocation _ PacketsSent \
                                    PacketsReceived SessionEndReason _ _ _ _ VirtualSystemName LogSourceName ActionSource"""),
                    type(
                            "THREAT",
                            SESSION
                                    + """
                                     URL ThreatID URLCategory VendorSeverity DirectionOfAttack SequenceNo _ \
                                    SourceLocation DestinationLocation _ ContentType PacketID FileHash _ URLCounter \
                                    UserAgent FileType X-Forwarded-For Referer SenderEmail Subject RecipientEmail \
                                    ReportID _ _ _ _ VirtualSystemName LogSourceName _ SourceUUID DestinationUUID HTTPMethod"""),
                    type("DECRYPTION", SESSION),
                    type(
                            "SYSTEM",
                            """
                            VirtualLocation EventName EventComponent _ _ Module VendorSeverity EventDescription \
                            SequenceNo _ _ _ _ _ VirtualSystemName LogSourceName"""),
                    type(
                            "CONFIG",
                            """
                            SourceAddress VirtualLocation EventName SourceUser Client EventStatus ConfigPath \
                            _ _ SequenceNo _ _ _ _ _ VirtualSystemName LogSourceName"""),
                    type(
                            "USERID",
                            """
                            VirtualLocation SourceAddress SourceUser DataSourceName EventName RepeatCount Timeout \
                            SourcePort PortEnd DataSource DataSourceType SequenceNo _ _ _ _ _ VirtualSystemName \
                            LogSourceName"""),
                    type(
                            "GLOBALPROTECT",
                            """
                            VirtualLocation EventIDValue Stage AuthMethod TunnelType SourceUserName SourceRegion \
                            EndpointDeviceName PublicIPv4 PublicIPv6 PrivateIPv4 PrivateIPv6 HostID EndpointSN \
                            GlobalProtectClientVersion EndpointOSType EndpointOSVersion RepeatCount QuarantineReason \
                            ConnectionError Description EventStatus Location LoginDuration ConnectionMethod \
                            ConnectionErrorID Portal"""),
                    type(
                            "HIPMATCH",
                            """
                            SourceUser VirtualLocation EndpointDeviceName EndpointOSType SourceIP HipMatchName \
                            RepeatCount HipMatchType"""),
                    type(
                            "AUTHENTICATION",
                            """
                            VirtualLocation SourceAddress SourceUser NormalizeUser Object Rule RepeatCount \
                            AuthenticationID MFAVendor LogSetting AuthServerProfile EventDescription ClientType \
                            EventName"""));

    private PanOsLayout() {}

    private static Map.Entry<String, List<String>> type(String name, String cells) {
        return Map.entry(name, List.of(cells.split(" ")));
    }

    /// The values of the line that begins at `from`; null if it is of no type that PAN-OS has.
    static @Nullable Pairs read(String text, int from) {
        List<String> cells = CsvLine.cells(text, from, ',');
        List<String> names = cells.size() <= FIRST ? null : TYPES.get(cells.get(3));
        if (names == null) {
            return null;
        }
        Pairs pairs = new Pairs();
        pairs.add("LogType", cells.get(3));
        pairs.add("Subtype", cells.get(4));
        pairs.add("TimeGenerated", time(cells));
        pairs.add("DeviceSN", cells.get(2));
        for (int i = 0; i < names.size() && FIRST + i < cells.size(); i++) {
            if (!names.get(i).equals("_")) {
                pairs.add(names.get(i), cells.get(FIRST + i));
            }
        }
        return pairs;
    }

    /// The time with a zone and fractions, which later versions add at the end, or the one of the
    /// data plane.
    private static String time(List<String> cells) {
        for (int i = cells.size() - 1; i > FIRST; i--) {
            String cell = cells.get(i);
            if (cell.length() > 22 && cell.charAt(10) == 'T' && cell.charAt(4) == '-') {
                return cell;
            }
        }
        return cells.get(6);
    }
}
