package io.hark.collect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says what goes wrong with those who send: once for each listener and cause, since there is no
/// end of it; how often it happens, counters tell.
///
/// *Thread*: any.
final class Complaints {

    private static final System.Logger LOG = System.getLogger("io.hark.collect");
    private static final int MAX_TOLD = 1 << 10; // listeners times causes: far fewer

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// Says it, if it was not said before.
    ///
    /// @param listener name of the listener
    /// @param cause what goes wrong, in the same words every time
    /// @param detail of this time; from the network at most an address
    void once(String listener, String cause, String detail) {
        if (told.size() < MAX_TOLD && told.add(listener + ' ' + cause)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1} ({2}); told once, counted from here on",
                    listener,
                    cause,
                    detail);
        }
    }
}
