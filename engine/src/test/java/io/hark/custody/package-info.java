@NullMarked
package io.hark.custody;

import org.jspecify.annotations.NullMarked;
