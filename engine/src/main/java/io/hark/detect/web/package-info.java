/// What attackers do over the web and in clear text: attack strings, uploads, programs fetched,
/// sessions taken over, credentials that anybody on the way reads.
///
/// Sees the ground and the wall. Start with [io.hark.detect.web.WebAttack].
@NullMarked
package io.hark.detect.web;

import org.jspecify.annotations.NullMarked;
