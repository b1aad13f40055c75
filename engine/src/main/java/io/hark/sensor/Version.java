package io.hark.sensor;

/// Which Hark this is.
public final class Version {

    /// As the jar's manifest has it, or `development`.
    public static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
