/// Palo Alto Networks: PAN-OS and Prisma Access.
///
/// Sees the ground and the wall. Start with [io.hark.log.paloalto.PanOs].
@NullMarked
package io.hark.log.paloalto;

import org.jspecify.annotations.NullMarked;
