package io.hark.cli;

import io.hark.config.HarkConfig;
import io.hark.config.NotifyConfig;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.notify.Notifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells those whom `hark.yaml` names of findings, between [#begin] and [#close]; before, nobody.
///
/// *Thread*: [#accept] any, the others one owner.
final class Telling implements Consumer<Finding>, AutoCloseable {

    private final Terminal terminal;
    private final NotifyConfig config;
    private volatile @Nullable Notifier notifier;

    private Telling(Terminal terminal, NotifyConfig config) {
        this.terminal = terminal;
        this.config = config;
    }

    /// Reads whom to tell.
    ///
    /// @param file `hark.yaml`; null for nobody
    static Telling of(Terminal terminal, @Nullable Path file) {
        return new Telling(
                terminal, file == null ? NotifyConfig.NONE : HarkConfig.read(file).notices());
    }

    /// Begins, as the user that we are now: the spool is theirs.
    void begin(Suppressions suppressions) {
        if (!config.targets().isEmpty()) {
            notifier = Notifier.open(config, suppressions, InstantSource.system());
        }
    }

    @Override
    public void accept(Finding finding) {
        Notifier telling = notifier;
        if (telling != null) {
            telling.accept(finding);
        }
    }

    /// Delivers what can be delivered, and says what became of all.
    @Override
    public void close() throws IOException {
        Notifier telling = notifier;
        if (telling != null) {
            telling.close();
            telling.counts().forEach(terminal::complain);
        }
    }
}
