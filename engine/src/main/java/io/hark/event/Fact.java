package io.hark.event;

import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// A named number or text in a message or a finding; one of the two is there.
public record Fact(String name, @Nullable Double number, @Nullable String text) implements Stored {

    /// A number.
    public static Fact of(String name, double number) {
        return new Fact(name, number, null);
    }

    /// A text.
    public static Fact of(String name, String text) {
        return new Fact(name, null, text);
    }
}
