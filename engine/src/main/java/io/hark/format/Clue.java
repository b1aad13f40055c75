package io.hark.format;

import io.hark.bytes.AsciiSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pattern, and what every text that it finds something in has: letters, and one of some words.
/// These are looked for first, since most texts lack them and that is cheap to tell.
final class Clue {

    private record Word(String text, AsciiSet letters) {}

    private final AsciiSet letters;
    private final boolean spaced;
    private final List<Word> words;
    private final @Nullable Pattern pattern;

    /// @param letters all of which are in every text that is found; a space stands for any white
    ///   space
    /// @param words of which one is, lower case
    /// @param pattern null where a word is all
    private Clue(String letters, List<String> words, @Nullable String pattern) {
        this.letters = AsciiSet.of(letters.replace(" ", ""));
        this.spaced = letters.indexOf(' ') >= 0;
        this.words = words.stream().map(word -> new Word(word, AsciiSet.of(word))).toList();
        this.pattern = pattern == null ? null : Pattern.compile(pattern, Pattern.DOTALL);
    }

    /// Any of these words.
    static Clue words(String... words) {
        return new Clue("", List.of(words), null);
    }

    /// A pattern that finds nothing where none of these words is.
    static Clue pattern(String pattern, String... words) {
        return new Clue("", List.of(words), pattern);
    }

    /// A pattern that finds nothing where one of these letters is missing, or all of these words.
    static Clue lettered(String letters, String pattern, String... words) {
        return new Clue(letters, List.of(words), pattern);
    }

    /// The words, each with every white space behind it that there is.
    static String[] spaced(String... words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            " \t\n\u000b\f\r".chars().forEach(space -> all.add(word + (char) space));
        }
        return all.toArray(String[]::new);
    }

    /// Whether it is in a text.
    ///
    /// @param text lower case
    /// @param has its letters
    boolean isIn(String text, AsciiSet has) {
        if (!has.holdsAll(letters) || spaced && !has.holdsSpace()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (has.holdsAll(word.letters) && text.contains(word.text)) {
                return pattern == null || pattern.matcher(text).find();
            }
        }
        return false;
    }
}
