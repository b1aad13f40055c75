/// Runs samples whole, in pieces, with gaps and with flipped bits; for Hark and for private
/// extensions.
///
/// A [io.hark.testkit.Sample] is a folder with a capture and what must be read in it
/// ([io.hark.testkit.Expected]). A [io.hark.testkit.Subject] is what is tested.
/// [io.hark.testkit.Mutation]s change a [io.hark.testkit.Capture] in plain Java, with nothing of
/// the engine, so that a mistake there cannot hide itself here. Start at
/// [io.hark.testkit.SampleRun].
@NullMarked
package io.hark.testkit;

import org.jspecify.annotations.NullMarked;
