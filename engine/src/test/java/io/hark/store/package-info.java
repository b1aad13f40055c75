/// Tests of the lake's writer that need no reader; those that do are in `hark-lake`.
@org.jspecify.annotations.NullMarked
package io.hark.store;
