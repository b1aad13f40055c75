/// The declared environment: which networks are ours. Assets, decoys, policy and sensors join it as
/// their issues come.
///
/// Sees `schema`, and of `config` how a file is read. Start with [io.hark.engagement.Networks].
@NullMarked
package io.hark.engagement;

import org.jspecify.annotations.NullMarked;
