/// The shapes and their words: [io.hark.Parser], [io.hark.Inspector], [io.hark.Decoder],
/// [io.hark.Detector], [io.hark.Exporter]. Who adds a protocol, a family or a behaviour wears one
/// of them and sees nothing but this package and the ground and wall it stands on: `event`,
/// `carry`, `format`, `schema`, `bytes`.
@NullMarked
package io.hark;

import org.jspecify.annotations.NullMarked;
