package io.hark.plan;

import io.hark.Detector;
import io.hark.event.Event;
import io.hark.schema.Kind;
import io.hark.schema.Sight;
import io.hark.sensor.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a detector claims: the techniques that its findings can name, and the kinds of event that
/// it reads for it.
///
/// Both come from its code: the kinds from [Detector#watches], the techniques from what the build
/// found in its classes.
///
/// @param detector its name
/// @param kinds names of the kinds that it reads
/// @param sights what it takes to see these
/// @param techniques ids of ATT&CK; of a sub-technique the one that it is a part of, each once
public record Claim(
        String detector, List<String> kinds, Set<Sight> sights, List<String> techniques) {

    private static final String TECHNIQUES = "/META-INF/hark/techniques"; // written by the build

    /// Keeps its own copies.
    public Claim {
        kinds = List.copyOf(kinds);
        sights = Set.copyOf(sights);
        techniques = List.copyOf(techniques);
    }

    /// Those of all detectors of this build that name a technique.
    public static List<Claim> all() {
        Map<String, List<String>> techniques = foundByTheBuild();
        List<Claim> claims = new ArrayList<>();
        for (Detector<?> detector : Analysis.all(Detector.class)) {
            Claim claim =
                    of(detector, techniques.getOrDefault(detector.getClass().getName(), List.of()));
            if (!claim.techniques.isEmpty()) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private static Claim of(Detector<?> detector, List<String> techniques) {
        Set<String> kinds = new TreeSet<>();
        Set<Sight> sights = EnumSet.noneOf(Sight.class);
        for (Class<? extends Event> watched : detector.watches()) {
            Kind<?> kind = Kind.of(watched);
            kinds.add(kind.name());
            sights.add(kind.sight());
        }
        return new Claim(
                detector.name(),
                List.copyOf(kinds),
                sights,
                techniques.stream().map(Claim::whole).distinct().sorted().toList());
    }

    /// The technique that a sub-technique is a part of; of a technique, itself.
    static String whole(String technique) {
        int dot = technique.indexOf('.');
        return dot < 0 ? technique : technique.substring(0, dot);
    }

    /// Techniques by the name of the detector's class.
    private static Map<String, List<String>> foundByTheBuild() {
        try (InputStream in = Claim.class.getResourceAsStream(TECHNIQUES)) {
            if (in == null) {
                throw new IllegalStateException(
                        TECHNIQUES
                                + " is missing: build with Maven, or run build-tools/Weave.java");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.split(" "))
                    .collect(
                            Collectors.toMap(
                                    words -> words[0],
                                    words -> Arrays.asList(words).subList(1, words.length),
                                    (one, _) -> one,
                                    HashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
