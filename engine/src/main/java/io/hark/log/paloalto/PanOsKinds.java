package io.hark.log.paloalto;

import io.hark.event.LogDraft;
import java.util.Set;

/// What PAN-OS's types of log are in ECS's words.
final class PanOsKinds {

    /// Parts of the system whose messages are about the network, and not about the device.
    private static final Set<String> NETWORK =
            Set.of(
                    "userid",
                    "fb",
                    "url-filtering",
                    "dhcp",
                    "port",
                    "ntpd",
                    "vpn",
                    "routing",
                    "dnsproxy",
                    "globalprotect");

    private PanOsKinds() {}

    /// @param stage of GlobalProtect
    static void say(String type, String subtype, String stage, LogDraft out) {
        switch (type) {
            case "TRAFFIC" -> out.is("network", traffic(subtype, out.text("event.action")));
            case "THREAT" -> out.is(threat(subtype), "info");
            case "AUTH", "AUTHENTICATION" -> out.is("authentication", "info");
            case "USERID" -> out.is("authentication", subtype.equals("logout") ? "end" : "start");
            case "GLOBALPROTECT" ->
                    out.is(
                            "session",
                            stage.equals("login") || stage.equals("connected") ? "start" : "info");
            case "CONFIG" -> out.is("configuration", "change");
            case "SYSTEM" -> system(subtype, out);
            default -> out.is("network", "info");
        }
    }

    private static String traffic(String subtype, String action) {
        return switch (subtype) {
            case "start", "end" -> subtype;
            default -> action.equals("allow") ? "allowed" : "denied";
        };
    }

    private static String threat(String subtype) {
        return switch (subtype) {
            case "vulnerability" -> "vulnerability";
            case "spyware", "virus", "wildfire", "wildfire-virus", "ml-virus" -> "malware";
            case "file", "data" -> "file";
            case "scan", "flood", "packet" -> "intrusion_detection";
            default -> "network";
        };
    }

    private static void system(String subtype, LogDraft out) {
        if (subtype.equals("auth")) {
            String message = out.text("message");
            boolean isIn = message.contains("authenticat") && !message.startsWith("failed");
            out.is("authentication", isIn ? "start" : "info");
        } else {
            out.is(NETWORK.contains(subtype) ? "network" : "host", "info");
        }
    }
}
