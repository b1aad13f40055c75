/// GSS-API and SPNEGO tokens, and what they say of who logs on.
///
/// Sees NTLM, Kerberos and the events made of them. Start with [io.hark.format.gss.Logon].
@NullMarked
package io.hark.format.gss;

import org.jspecify.annotations.NullMarked;
