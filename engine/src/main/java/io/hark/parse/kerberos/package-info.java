/// Kerberos: who asks for which ticket.
///
/// Sees the ground and the wall. Start with [io.hark.parse.kerberos.KerberosDatagrams].
@NullMarked
package io.hark.parse.kerberos;

import org.jspecify.annotations.NullMarked;
