/// ASN.1 in its basic and distinguished encodings, which certificates, SNMP, LDAP and Kerberos
/// share.
///
/// Sees bytes only. Start with [io.hark.format.asn1.Der].
@NullMarked
package io.hark.format.asn1;

import org.jspecify.annotations.NullMarked;
