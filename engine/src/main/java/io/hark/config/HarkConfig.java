package io.hark.config;

import java.nio.file.Path;

/// How a service of Hark runs: what `hark.yaml` says ([HarkFile]).
///
/// @param collect what is received, and where it goes
/// @param notices who is told of findings
/// @param monitor what is captured beside
public record HarkConfig(CollectConfig collect, NotifyConfig notices, MonitorConfig monitor) {

    /// Reads a file.
    ///
    /// @throws io.hark.UserError if it cannot be read or something in it is wrong
    public static HarkConfig read(Path file) {
        return HarkFile.read(file);
    }
}
