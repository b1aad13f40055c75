package io.hark.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of a kind of event, as in `events/<name>/`, and of its log in Zeek's form where the two
/// differ.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

    /// The kind's name: snake_case.
    String value();

    /// What one row says, one sentence.
    String about();

    /// The kind that says the same in another form, where this one is a detail: events of it are
    /// made only if a log that was asked for writes them, and are never stored.
    Class<?> detailOf() default void.class;

    /// The name of the log in Zeek's form; empty for the kind's own, `-` for none.
    String log() default "";

    /// What it takes to see such events.
    Sight sight() default Sight.CONTENT;
}
