package io.hark.parse.netflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one part of an exporter has told: its templates, its sampling, how far its sequence is, and
/// data that still lack a template.
///
/// *Thread*: the worker that owns the exporters.
final class Domain {

    /// Templates of one domain; the longest unheard goes first. ASA has about thirty, nProbe and
    /// Flexible NetFlow fewer.
    private static final int MAX_TEMPLATES = 512;

    /// Octets of data without a template that are kept, for exporters that were seen in the middle:
    /// templates come every minute to half an hour.
    private static final int MAX_WAITING = 1 << 18;

    /// A set of data whose template is not known yet.
    record Waiting(int template, byte[] set, ExportHeader header) {}

    private final Map<Integer, Template> templates = new LinkedHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int waitingOctets;
    private int fields;
    private boolean untold; // whether sets wait of which nothing was said yet

    final Sampling sampling = new Sampling();
    final Sequence sequence = new Sequence();

    /// The template of that number, or null.
    @Nullable Template template(int id) {
        return templates.get(id);
    }

    /// Remembers a template; one of the same number is replaced.
    void put(Template template) {
        remove(template.id());
        templates.put(template.id(), template);
        fields += template.fields().size();
        if (templates.size() > MAX_TEMPLATES) {
            remove(templates.keySet().iterator().next());
        }
    }

    /// Forgets a template that was withdrawn.
    void remove(int id) {
        Template removed = templates.remove(id);
        fields -= removed == null ? 0 : removed.fields().size();
    }

    /// Forgets all templates of one sort (RFC 7011 §8.1).
    void removeAll(boolean options) {
        templates.values().removeIf(template -> template.options() == options);
        fields = templates.values().stream().mapToInt(template -> template.fields().size()).sum();
    }

    /// Keeps a set until its template comes; answers false if there is no room.
    boolean keep(int template, byte[] set, ExportHeader header) {
        if (waitingOctets + set.length > MAX_WAITING) {
            return false;
        }
        waiting.add(new Waiting(template, set, header));
        waitingOctets += set.length;
        untold = true;
        return true;
    }

    /// The sets that waited for that template, in wire order; they wait no more.
    List<Waiting> release(int template) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Waiting> released = waiting.stream().filter(w -> w.template == template).toList();
        waiting.removeAll(released);
        released.forEach(w -> waitingOctets -= w.set.length);
        return released;
    }

    /// How many sets wait, if that is more than was told before.
    int untold() {
        int sets = untold ? waiting.size() : 0;
        untold = false;
        return sets;
    }

    /// About how many octets it takes.
    int weight() {
        return 256 + 64 * templates.size() + 16 * fields + waitingOctets + 64 * waiting.size();
    }
}
