package io.hark;

import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.FindingDraft;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;

/// Events → findings. One file per behaviour; the build finds it.
public interface Detector<S extends Stored> extends Keyed<Event, S, Finding> {

    /// The kinds it watches: nothing else is handed to [#keys].
    Set<Class<? extends Event>> watches();

    /// Begins a finding about the key at hand.
    ///
    /// @param said what was said of it before
    default FindingDraft draft(Turn<Finding> turn, Said said) {
        return new FindingDraft(name(), turn.key().idFor(name()), turn.now(), said.revision() + 1);
    }

    /// The numbers behind what fired and what did not, for one key's state; none by default.
    default List<Fact> explain(Key key, S state) {
        return List.of();
    }
}
