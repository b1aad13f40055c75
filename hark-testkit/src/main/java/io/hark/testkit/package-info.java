/// Runs samples whole, in pieces, with gaps and with flipped bits; for Hark and for private
/// extensions.
@NullMarked
package io.hark.testkit;

import org.jspecify.annotations.NullMarked;
