/// Tests of the sample runner, and the samples' run.
@NullMarked
package io.hark.testkit;

import org.jspecify.annotations.NullMarked;
