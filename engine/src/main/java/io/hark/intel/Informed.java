package io.hark.intel;

import io.hark.Detector;

/// A detector that judges by what others know to be bad.
public interface Informed {

    /// The same detector, knowing this; whoever runs it asks once, before the first event.
    Detector<?> knowing(Intel intel);

    /// Any detector with this knowledge: those that do not care stay as they are.
    static Detector<?> by(Intel intel, Detector<?> detector) {
        return detector instanceof Informed one ? one.knowing(intel) : detector;
    }
}
