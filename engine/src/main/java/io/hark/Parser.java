package io.hark;

/// Turns bytes into events and carried things; lives below the wall. One file, or a package of few,
/// per protocol.
///
/// A parser object is shared by all connections of a worker and keeps nothing; what it must
/// remember about one connection is in the session that it opens. Found by the build; no list is
/// edited.
///
/// *Thread*: one owner, the worker.
public sealed interface Parser permits StreamParser, DatagramParser, LineParser {

    /// The protocol's name as Zeek's `service` has it: `dns`, `http`, `ssl`.
    String name();

    /// One line for `hark list`: what it reads, by which RFCs.
    String about();
}
