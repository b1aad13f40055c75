package io.hark.testkit;

import java.nio.file.Path;
import java.util.List;

/// What is tested: something that analyses a capture and leaves a case behind.
@FunctionalInterface
public interface Subject {

    /// How it is asked to go about it.
    ///
    /// @param secrets files that decoders may try
    /// @param workers how many
    /// @param checksums whether packets with bad checksums are dropped
    record Asked(List<Path> secrets, int workers, boolean checksums) {}

    /// Analyses a capture.
    ///
    /// @param capture the file
    /// @param out where the case goes; does not exist yet
    /// @throws Exception whatever goes wrong: a run must end well whatever the capture holds
    void analyze(Path capture, Asked asked, Path out) throws Exception;
}
