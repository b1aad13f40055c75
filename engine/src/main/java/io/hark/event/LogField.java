package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Stored;

/// What a line says that no column has.
public record LogField(
        @About("the product's own name for it") String name, @About("its value") String value)
        implements Stored {}
