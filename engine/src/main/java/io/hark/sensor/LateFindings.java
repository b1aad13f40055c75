package io.hark.sensor;

import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a finished case learns of conversations that a late key opened: their messages and the
/// findings about them go to where the others are.
///
/// *Thread*: one owner.
final class LateFindings {

    private static final String PREFIX = "late-";

    private final Path dir;
    private final List<Message> opened = new ArrayList<>();
    private final Map<String, Finding> found = new LinkedHashMap<>();
    private final Detecting detecting;

    LateFindings(Path dir) {
        this.dir = dir;
        this.detecting =
                new Detecting(
                        Detecting.all(Options.builder().build()).stream()
                                .filter(Detecting::isAbove)
                                .toList(),
                        finding -> found.put(finding.id(), finding));
    }

    /// One message of a conversation that was opened. Those that need no secret were told before;
    /// they are heard again for the finding's sake.
    void add(Message message) {
        if (message.secret() != null) {
            opened.add(message);
        }
        detecting.add(message);
    }

    /// Writes them; answers the findings.
    List<Finding> finish() throws IOException {
        detecting.end();
        if (opened.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = FindingsFile.add(dir, complete());
        Path events = dir.resolve("events");
        if (Files.isDirectory(events)) {
            try (Store store = new Store(dir, PREFIX + (1 + before(events)))) {
                for (Message message : opened) {
                    store.accept(message);
                }
                for (Finding finding : findings) {
                    store.accept(finding);
                }
            }
        }
        return findings;
    }

    /// Nobody counts again what is missing between two hosts: what is missing in all stands for it.
    private List<Finding> complete() throws IOException {
        double share = 1 - CaseFolder.captureLoss(dir);
        return found.values().stream().map(finding -> finding.completeness(share)).toList();
    }

    /// How many files of events late keys made so far: no name comes twice.
    private static long before(Path events) throws IOException {
        try (var files = Files.walk(events)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).count();
        }
    }
}
