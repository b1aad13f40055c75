package io.hark.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The one place where a field of an event is documented: JSON, Parquet columns, filter names and
/// the reference page are derived from it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface About {

    /// What the field says, one sentence.
    String value();

    /// What its numbers measure.
    Unit unit() default Unit.NONE;

    /// The column's name where it is not the component's own (`id.orig_h`, or a word that Java
    /// keeps).
    String name() default "";

    /// Whether a log in Zeek's form has the field. The lake always has it.
    boolean log() default true;
}
