package io.hark.decode.caldera;

import io.hark.event.Fact;
import io.hark.format.web.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What an agent tells about itself and its host.
///
/// @param paw the agent's name, given by the server; empty before
/// @param text one line for people
/// @param facts its parts
record Profile(String paw, String text, List<Fact> facts) {

    private static final List<String> MEMBERS =
            List.of(
                    "host",
                    "username",
                    "platform",
                    "architecture",
                    "privilege",
                    "exe_name",
                    "location",
                    "pid",
                    "ppid",
                    "group",
                    "server",
                    "contact",
                    "callback");

    /// Reads a profile.
    static Profile of(JsonNode object) {
        List<Fact> facts = new ArrayList<>();
        String paw = Json.text(object, "paw");
        if (!paw.isEmpty()) {
            facts.add(Fact.of("paw", paw));
        }
        for (String member : MEMBERS) {
            String value = Json.text(object, member);
            if (!value.isEmpty()) {
                facts.add(Fact.of(member, value));
            }
        }
        String text =
                "%s@%s %s/%s %s pid %s"
                        .formatted(
                                Json.text(object, "username"),
                                Json.text(object, "host"),
                                Json.text(object, "platform"),
                                Json.text(object, "architecture"),
                                Json.text(object, "exe_name"),
                                Json.text(object, "pid"));
        return new Profile(paw, text, List.copyOf(facts));
    }

    /// Whether an object has what every agent's profile has.
    static boolean isProfile(JsonNode object) {
        return object.has("architecture")
                && object.has("exe_name")
                && object.has("platform")
                && object.has("executors");
    }
}
