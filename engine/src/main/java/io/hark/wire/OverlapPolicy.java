package io.hark.wire;

/// Which data counts where two fragments or two segments overlap and differ: hosts disagree, and
/// who knows his target's habit shows a monitor other bytes than the target reads.
///
/// A policy is a relation between where the later data begins and ends and where the earlier does.
/// It rules what still waits: bytes that followed in order are the application's already, on every
/// host, and stay what they were.
///
/// *Source*: U. Shankar and V. Paxson, "Active Mapping" (2003), §3; J. Novak, "Target-Based
/// Fragmentation Reassembly" (2005); J. Novak and S. Sturges, "Target-Based TCP Stream Reassembly"
/// (2007), whose names Snort (`frag3`, `stream5`) and Suricata (`host-os-policy`) bear.
public enum OverlapPolicy {

    /// What came first stays. Zeek's way, the default; Windows since Vista and macOS do so.
    FIRST,

    /// What came last counts: RFC 791 §3.2 to the letter, some Cisco IOS.
    LAST,

    /// What came first stays, but for what the later data covers from in front: the BSDs, AIX,
    /// HP-UX 10, IRIX.
    BSD,

    /// As [#BSD], but of what begins alike the later counts: in fragments always, in segments where
    /// it is longer.
    LINUX,

    /// Windows up to 2003: in fragments only what covers the earlier on both ends counts; in
    /// segments as [#BSD].
    WINDOWS,

    /// Solaris, HP-UX 11: in fragments what begins before and ends no sooner counts; in segments
    /// what ends later, or alike unless it begins later.
    SOLARIS;

    /// Whether a later fragment's data counts where it overlaps an earlier one.
    ///
    /// @param from where the later begins
    /// @param to where it ends, exclusive
    /// @param oldFrom where the earlier begins
    /// @param oldTo where it ends
    boolean takesFragment(long from, long to, long oldFrom, long oldTo) {
        return switch (this) {
            case FIRST -> false;
            case LAST -> true;
            case BSD -> from < oldFrom;
            case LINUX -> from <= oldFrom;
            case WINDOWS -> from < oldFrom && to > oldTo;
            case SOLARIS -> from < oldFrom && to >= oldTo;
        };
    }

    /// Whether a later segment's data counts where it overlaps an earlier one; as [#takesFragment].
    boolean takesSegment(long from, long to, long oldFrom, long oldTo) {
        return switch (this) {
            case FIRST -> false;
            case LAST -> true;
            case BSD, WINDOWS -> from < oldFrom;
            case LINUX -> from < oldFrom || from == oldFrom && to > oldTo;
            case SOLARIS -> to > oldTo || to == oldTo && from <= oldFrom;
        };
    }
}
