/// JMH benchmarks. Not published.
@NullMarked
package io.hark.bench;

import org.jspecify.annotations.NullMarked;
