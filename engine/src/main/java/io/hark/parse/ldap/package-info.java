/// LDAP: binds, searches, changes.
///
/// Sees the ground and the wall. Start with [io.hark.parse.ldap.LdapParser].
@NullMarked
package io.hark.parse.ldap;

import org.jspecify.annotations.NullMarked;
