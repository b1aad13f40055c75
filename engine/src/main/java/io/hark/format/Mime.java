package io.hark.format;

import io.hark.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// stand-in

public final class Mime {
    private Mime() {}

    public static @Nullable String of(Bytes head) {
        return null;
    }
}
