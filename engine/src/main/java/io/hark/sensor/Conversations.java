package io.hark.sensor;

import io.hark.Keyring;
import io.hark.carry.Carried;
import io.hark.event.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stand-in until decoders are merged.
final class Conversations {
    Conversations(
            List<?> decoders, Keyring keyring, @Nullable Path dir, Consumer<? super Message> out) {}

    void add(Carried carried) {}

    void end() {}
}
