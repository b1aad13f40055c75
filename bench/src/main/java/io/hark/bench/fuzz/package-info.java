/// Coverage-guided fuzzing: hostile octets for everything that reads what the network sent.
///
/// `bench/fuzz` runs it; [FuzzTarget] is what Jazzer calls, [Targets] what there is to fuzz.
/// Parsers and decoders are found as the command finds them, so that a new one is fuzzed without a
/// word here. Start reading with [Script]: how an input becomes a connection.
@NullMarked
package io.hark.bench.fuzz;

import org.jspecify.annotations.NullMarked;
