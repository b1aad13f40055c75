/// X.509 certificates as octets → record, hostile ones included: every length is checked against
/// what encloses it, nothing recurses by the input, and a certificate that cannot be read is null,
/// never an exception.
///
/// Sees `schema`. Start with [io.hark.format.x509.Certificate].
@NullMarked
package io.hark.format.x509;

import org.jspecify.annotations.NullMarked;
