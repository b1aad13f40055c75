/// Names and values as the web writes them: forms, queries, cookies; JSON.
///
/// Sees `bytes`. Start with [io.hark.format.web.Field].
@NullMarked
package io.hark.format.web;

import org.jspecify.annotations.NullMarked;
