package io.hark.format.log;

import io.hark.event.LogDraft;
import java.util.List;

/// A message of a product: its form, and what it means in ECS's words.
///
/// @param form as the product writes it
/// @param categories ECS's `event.category`, several with commas
/// @param types ECS's `event.type`, the same
/// @param outcome `success`, `failure`, or empty where the message tells of neither
public record Saying(Template form, String categories, String types, String outcome) {

    /// Of a template ([Template]).
    ///
    /// @throws IllegalArgumentException if it names a column that there is not: a slip
    public static Saying of(String template, String categories, String types, String outcome) {
        return new Saying(Template.of(template), categories, types, outcome);
    }

    /// The first of several whose form the text begins with, or false.
    public static boolean readAny(List<Saying> sayings, String text, LogDraft out) {
        for (Saying saying : sayings) {
            if (saying.form.read(text, out)) {
                out.is(saying.categories, saying.types).put("event.outcome", saying.outcome);
                return true;
            }
        }
        return false;
    }
}
