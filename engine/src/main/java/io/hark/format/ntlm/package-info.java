/// NTLM messages, which SMB, DCE-RPC, LDAP and HTTP carry.
///
/// Sees bytes only. Start with [io.hark.format.ntlm.NtlmMessage].
@NullMarked
package io.hark.format.ntlm;

import org.jspecify.annotations.NullMarked;
