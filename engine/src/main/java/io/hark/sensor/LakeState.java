package io.hark.sensor;

import io.hark.event.Finding;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.util.List;

/// What a [Lake] knows beside what it has stored: has to agree with it when a process ends and
/// another goes on.
///
/// @param detectors each with its state
/// @param survey what the site is used to
/// @param findings those made so far, last revisions
record LakeState(List<Detector> detectors, Survey.State survey, List<Saved.Waits> findings)
        implements Stored {

    /// Keeps its own copies.
    LakeState {
        detectors = List.copyOf(detectors);
        findings = List.copyOf(findings);
    }

    /// A detector and what it knows.
    ///
    /// @param state as [KeyedRunner#save] has it
    record Detector(String name, byte[] state) implements Stored {}

    /// The findings.
    List<Finding> found() {
        Kind<Finding> kind = Kind.of(Finding.class);
        return findings.stream().map(row -> Codec.read(kind, row.row())).toList();
    }
}
