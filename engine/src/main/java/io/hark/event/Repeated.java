package io.hark.event;

/// An event that says nothing new when the same is seen again soon, as a certificate does that a
/// server shows to everybody: of those that are the same within a day, only the first is kept.
public interface Repeated extends Event {

    /// What is equal for two events that say the same; small, since it is remembered.
    Object sameness();
}
