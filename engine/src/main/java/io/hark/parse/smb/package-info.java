/// SMB 1, 2 and 3: shares, files, pipes, and who logs on.
///
/// Sees the ground and the wall. Start with [io.hark.parse.smb.SmbParser].
@NullMarked
package io.hark.parse.smb;

import org.jspecify.annotations.NullMarked;
