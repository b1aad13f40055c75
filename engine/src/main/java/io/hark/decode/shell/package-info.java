/// Shells: in the clear and inside TLS. One reader tells operator from implant and turns bytes into
/// lines; two decoders feed it.
///
/// Sees the ground. Start with [io.hark.decode.shell.Shells]; what tells a shell from other text
/// stands in `ShellSigns`.
@NullMarked
package io.hark.decode.shell;

import org.jspecify.annotations.NullMarked;
