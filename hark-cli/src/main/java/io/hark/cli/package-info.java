/// The `hark` command. Sees `hark` and `hark-lake`. Start at [Main].
@NullMarked
package io.hark.cli;

import org.jspecify.annotations.NullMarked;
