package io.hark.bench.fuzz;

/// Something that reads hostile octets. The same input gives the same result, whatever ran before.
///
/// *Thread*: one owner.
@FunctionalInterface
interface Target {

    /// Reads the input to its end.
    ///
    /// @throws RuntimeException or Error where something of ours broke: a finding
    void run(byte[] input);
}
