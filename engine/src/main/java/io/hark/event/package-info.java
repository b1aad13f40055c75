/// The wall: every kind of event, one record each. Below it are bytes and one owner thread; above
/// it immutable records and any thread. What crosses is free of judgement; a
/// [io.hark.event.Finding] is made above.
///
/// Sees `schema`. Components bear Zeek's names where Zeek has the field.
@NullMarked
package io.hark.event;

import org.jspecify.annotations.NullMarked;
