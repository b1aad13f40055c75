/// Web shells: China Chopper and AntSword, whose orders stand in the open; Behinder and Godzilla,
/// whose orders stand under a password. Operators are the clients here.
///
/// Sees the ground. Start with [io.hark.decode.webshell.CodeShells].
@NullMarked
package io.hark.decode.webshell;

import org.jspecify.annotations.NullMarked;
