/// Kerberos messages, which have a port of their own and are carried by GSS-API.
///
/// Sees bytes and ASN.1. Start with [io.hark.format.kerberos.KerberosMessage].
@NullMarked
package io.hark.format.kerberos;

import org.jspecify.annotations.NullMarked;
