/// A case on its way from hand to hand: one archive with the digest of every file, and a chain of
/// custody that says who had it when.
@NullMarked
package io.hark.custody;

import org.jspecify.annotations.NullMarked;
