package io.hark.testkit;

import java.nio.file.Path;

/// Where the repository's samples lie.
final class Samples {

    /// The folder `samples` at the repository's root, tests being run in a module's folder.
    static final Path FOLDER = Path.of("..", "samples").toAbsolutePath().normalize();

    private Samples() {}
}
