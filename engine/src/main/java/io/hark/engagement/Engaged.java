package io.hark.engagement;

import io.hark.Detector;

/// A detector that judges by the declared environment.
public interface Engaged {

    /// The same detector, in this environment; whoever runs it asks once, before the first event.
    Detector<?> within(Engagement engagement);

    /// Any detector in this environment: those that do not care stay as they are.
    static Detector<?> in(Engagement engagement, Detector<?> detector) {
        return detector instanceof Engaged one ? one.within(engagement) : detector;
    }
}
