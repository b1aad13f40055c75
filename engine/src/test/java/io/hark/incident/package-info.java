@NullMarked
package io.hark.incident;

import org.jspecify.annotations.NullMarked;
