package io.hark.lines;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of another monitor's log: values by name, as text.
///
/// *Lifetime*: until the next row is read.
interface Row {

    /// The names of its values, in their order; those of a list that is given for all rows may be
    /// absent from this one.
    List<String> names();

    /// The value; null where the row has none. A list is one text with commas.
    @Nullable String text(String name);

    /// The values of a list; one value is a list of one. Null where the row has none.
    @Nullable List<String> texts(String name);
}
