/// Opening TLS records with a secret: key logs, key derivation, cipher suites, record protection.
/// Stateless: what runs on from record to record is a value that the caller keeps.
///
/// Sees `bytes` and `schema`. Start with [io.hark.format.tlscrypt.RecordProtection].
@NullMarked
package io.hark.format.tlscrypt;

import org.jspecify.annotations.NullMarked;
