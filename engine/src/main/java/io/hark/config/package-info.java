/// What an operator writes down: `hark.yaml`, as one record, and how a file of YAML is read so that
/// every complaint has its line.
///
/// Sees `io.hark`, `schema`, `bytes`, `event`. Start with [io.hark.config.HarkConfig].
@NullMarked
package io.hark.config;

import org.jspecify.annotations.NullMarked;
