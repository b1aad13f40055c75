package io.hark.incident;

/// The role that a host plays in an incident.
public enum Role {
    /// Where the adversary sits, or a server of the adversary's.
    OPERATOR,
    /// Acts for the adversary: called out to an operator, or attacked others.
    FOOTHOLD,
    /// Was attacked, or gave away what others should not have; did nothing itself.
    VICTIM
}
