package io.hark.cli;

import static java.util.stream.Collectors.joining;

import io.hark.config.HarkFile;
import io.hark.config.Listener;
import io.hark.config.MonitorPart;
import io.hark.config.NotifyPart;
import io.hark.config.NotifyTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes `docs/reference/hark.md` out of what [HarkFile] says about itself.
final class ConfigReference {

    private static final String HEAD =
            """
            # hark.yaml

            Made from `io.hark.config.HarkFile` by `./check docs`; do not edit. [How to collect](../how-to/collect.md) and [how to monitor](../how-to/monitor.md)
            say what for.

            ```yaml
            collect:
              out: /var/lib/hark/lake
              listeners:
                - {kind: syslog-udp, port: 514, log-zone: Europe/Berlin}
                - {kind: syslog-tls, certificate: server.pem, key: server.key, clients: clients.pem}
                - {kind: flows-udp, port: 2055}
                - {kind: files, paths: [/var/log/auth.log, "/var/log/nginx/*.log"]}
            monitor:
              interfaces: [eth0]
              dir: /var/lib/hark
            notify:
              spool: /var/lib/hark/notify
              targets:
                - {name: siem, kind: syslog-tls, address: siem.example.org, severity: medium}
                - {name: oncall, kind: command, command: [/usr/local/bin/page, --team, blue]}
            ```

            Amounts have their unit: `90s`, `5m`, `1h30m`; `64KB`, `2GB`, in powers of a thousand. Files are looked for beside
            `hark.yaml`. A key that is not known is an error with its line and the nearest known key.
            """;

    private ConfigReference() {}

    /// The page.
    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        table(page, "The file", HarkFile.FILE);
        table(page, "collect", HarkFile.COLLECT);
        page.append("\n## An entry of listeners\n\n| key | is | of |\n| --- | --- | --- |\n");
        HarkFile.LISTENER.forEach(
                (key, about) -> page.append(row(key, about)).append(kinds(key)).append(" |\n"));
        page.append("\n## Kinds\n\n| kind | is | usual port |\n| --- | --- | --- |\n");
        for (Listener.Kind kind : Listener.Kind.values()) {
            int port = HarkFile.usualPort(kind);
            page.append(row(kind.word(), kind.about())).append(port == 0 ? "" : port);
            page.append(" |\n");
        }
        table(page, "monitor", MonitorPart.MONITOR);
        table(page, "notify", NotifyPart.NOTIFY);
        page.append("\n## An entry of targets\n\n| key | is | of |\n| --- | --- | --- |\n");
        NotifyPart.TARGET.forEach(
                (key, about) -> page.append(row(key, about)).append(targets(key)).append(" |\n"));
        return page.toString();
    }

    private static String kinds(String key) {
        boolean all =
                Arrays.stream(Listener.Kind.values()).allMatch(kind -> HarkFile.isOf(kind, key));
        return all
                ? "all"
                : Arrays.stream(Listener.Kind.values())
                        .filter(kind -> HarkFile.isOf(kind, key))
                        .map(Listener.Kind::word)
                        .collect(joining(", "));
    }

    private static String targets(String key) {
        List<NotifyTarget.Kind> kinds =
                Arrays.stream(NotifyTarget.Kind.values())
                        .filter(kind -> NotifyPart.isOf(kind, key))
                        .toList();
        return kinds.size() == NotifyTarget.Kind.values().length
                ? "all"
                : kinds.stream().map(NotifyTarget.Kind::word).collect(joining(", "));
    }

    private static void table(StringBuilder page, String title, Map<String, String> words) {
        page.append("\n## ").append(title).append("\n\n| key | is |\n| --- | --- |\n");
        words.forEach((word, about) -> page.append(row(word, about).stripTrailing()).append('\n'));
    }

    private static String row(String word, String about) {
        return "| `" + word + "` | " + about + " | ";
    }
}
