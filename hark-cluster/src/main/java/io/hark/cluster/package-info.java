/// The same decoders and detectors on Flink, with Kafka in and out. Sees `hark`.
@NullMarked
package io.hark.cluster;

import org.jspecify.annotations.NullMarked;
