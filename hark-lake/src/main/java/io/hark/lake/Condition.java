package io.hark.lake;

import java.util.ArrayList;
import java.util.List;

/// A condition in SQL and the values of its parameters: what a person wrote is never in the text.
///
/// @param sql null where a value is absent, which fails it
record Condition(String sql, List<Object> parameters) {

    static final Condition ALWAYS = new Condition("true", List.of());
    static final Condition NEVER = new Condition("false", List.of());

    /// Keeps its own copy.
    Condition {
        parameters = List.copyOf(parameters);
    }

    /// A test of one row. It stands alone, so that DuckDB can hold it against what a file says of
    /// its row groups.
    static Condition of(String test, Object... parameters) {
        return new Condition("(" + test + ")", List.of(parameters));
    }

    boolean isAlways() {
        return sql.equals(ALWAYS.sql);
    }

    boolean isNever() {
        return sql.equals(NEVER.sql);
    }

    Condition negated() {
        return isAlways()
                ? NEVER
                : isNever()
                        ? ALWAYS
                        : new Condition("NOT coalesce(" + sql + ", false)", parameters);
    }

    /// All or any of them.
    static Condition joined(List<Condition> parts, boolean all) {
        List<String> texts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Condition part : parts) {
            if (all ? part.isNever() : part.isAlways()) {
                return part;
            }
            if (all ? !part.isAlways() : !part.isNever()) {
                texts.add(part.sql);
                values.addAll(part.parameters);
            }
        }
        if (texts.isEmpty()) {
            return all ? ALWAYS : NEVER;
        }
        return new Condition("(" + String.join(all ? " AND " : " OR ", texts) + ")", values);
    }
}
