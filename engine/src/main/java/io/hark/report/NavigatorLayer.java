package io.hark.report;

import io.hark.event.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Findings as a layer of the ATT&CK Navigator: each technique scored by the surest finding that
/// names it, 0 to 100, with their titles as its comment.
///
/// *Source*: the layer file format 4.5 of the ATT&CK Navigator.
public final class NavigatorLayer {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final int MAX_TITLES = 5; // of one technique: a tool tip

    private NavigatorLayer() {}

    /// The file.
    ///
    /// @param name what it is of, for a person
    /// @param findings that nothing suppresses
    public static String of(String name, List<Finding> findings) {
        Map<String, List<Finding>> techniques = new TreeMap<>();
        for (Finding finding : findings) {
            for (String id : finding.techniques()) {
                techniques.computeIfAbsent(id, _ -> new ArrayList<>()).add(finding);
            }
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("name", "hark: " + name);
        root.putObject("versions").put("layer", "4.5");
        root.put("domain", "enterprise-attack");
        root.put(
                "description", "What Hark found in " + name + "; scores are confidence, 0 to 100.");
        techniques.forEach(
                (id, of) -> technique(id, of, root.withArray("/techniques").addObject()));
        if (techniques.isEmpty()) {
            root.putArray("techniques");
        }
        ObjectNode gradient = root.putObject("gradient");
        gradient.putArray("colors").add("#fff1cf").add("#c8321f");
        gradient.put("minValue", 0).put("maxValue", 100);
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void technique(String id, List<Finding> findings, ObjectNode to) {
        double surest = findings.stream().mapToDouble(Finding::confidence).max().orElse(0);
        to.put("techniqueID", id);
        to.put("score", Math.round(surest * 100));
        List<String> titles =
                findings.stream()
                        .limit(MAX_TITLES)
                        .map(f -> f.severity().name().toLowerCase(Locale.ROOT) + ": " + f.title())
                        .toList();
        int left = findings.size() - titles.size();
        to.put("comment", String.join("\n", titles) + (left > 0 ? "\n" + left + " more" : ""));
        to.put("enabled", true);
        to.put("showSubtechniques", id.indexOf('.') > 0);
    }
}
