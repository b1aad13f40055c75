/// Zeek's logs as an input: JSON or columns with tabs. [io.hark.log.zeek.ZeekLines] reads them, of
/// which log a line is tells [io.hark.log.zeek.ZeekPaths].
@NullMarked
package io.hark.log.zeek;

import org.jspecify.annotations.NullMarked;
