package io.hark.lake;

import io.hark.UserError;
import io.hark.lake.Clause.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a search: `or = and {"OR" and}`, `and = not {["AND"] not}`, `not = ["NOT" | "-"] (term |
/// "(" or ")")`, `term = field ":" value | value`.
///
/// *Errors*: a [UserError] that points at the column.
final class SearchParser {

    /// How deep brackets may nest: nobody writes more, and each level is a call.
    static final int MAX_DEPTH = 32;

    /// How many terms there may be: each is a condition on every column it may mean.
    static final int MAX_TERMS = 200;

    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private final String text;
    private int at;
    private int depth;
    private int terms;

    private SearchParser(String text) {
        this.text = text;
    }

    /// Reads the whole of a search.
    static Clause parse(String text) {
        SearchParser parser = new SearchParser(text);
        parser.blanks();
        if (parser.isOver()) {
            throw fault(text, 0, "an empty search: name a field and a value, or a word");
        }
        Clause all = parser.or();
        if (!parser.isOver()) { // only a bracket stops it
            throw fault(text, parser.at, "a ')' without its '('; in a value, put it in quotes");
        }
        return all;
    }

    /// What is wrong, with the place under the search.
    static UserError fault(String text, int at, String what) {
        return new UserError(what + "\n  " + text + "\n  " + " ".repeat(at) + "^");
    }

    private boolean isOver() {
        return at == text.length();
    }

    private void blanks() {
        while (!isOver() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Clause or() {
        List<Clause> parts = new ArrayList<>();
        do {
            parts.add(and());
        } while (takes("OR"));
        return parts.size() == 1 ? parts.getFirst() : new Clause.Or(parts);
    }

    private Clause and() {
        List<Clause> parts = new ArrayList<>();
        do {
            parts.add(not());
            takes("AND");
        } while (!isOver() && text.charAt(at) != ')' && !isNext("OR"));
        return parts.size() == 1 ? parts.getFirst() : new Clause.And(parts);
    }

    private Clause not() {
        int began = at;
        boolean minus = !isOver() && text.charAt(at) == '-';
        if (minus) {
            at++;
        }
        if (minus || takes("NOT")) {
            if (isOver() || Character.isWhitespace(text.charAt(at))) {
                throw fault(text, began, "nothing behind NOT");
            }
            return new Clause.Not(minus ? bracketOrTerm() : nested(began));
        }
        return bracketOrTerm();
    }

    private Clause nested(int began) {
        deeper(began);
        Clause inner = not();
        depth--;
        return inner;
    }

    private void deeper(int where) {
        if (++depth > MAX_DEPTH) {
            throw fault(text, where, "nested deeper than " + MAX_DEPTH);
        }
    }

    private Clause bracketOrTerm() {
        int began = at;
        if (isOver() || text.charAt(at) == ')' || isNext("OR") || isNext("AND")) {
            throw fault(text, at, "a field or a word is missing here");
        }
        if (text.charAt(at) != '(') {
            return term();
        }
        deeper(began);
        at++;
        blanks();
        Clause inner = or();
        if (isOver()) {
            throw fault(text, began, "a '(' without its ')'");
        }
        at++;
        blanks();
        depth--;
        return inner;
    }

    private Clause term() {
        if (++terms > MAX_TERMS) {
            throw fault(text, at, "more than " + MAX_TERMS + " terms");
        }
        int began = at;
        if (text.charAt(at) == '"') {
            return new Clause.Words(quoted());
        }
        int end = wordEnd();
        String word = text.substring(began, end);
        int colon = word.indexOf(':');
        boolean isField =
                colon > 0
                        && FIELD.matcher(word.substring(0, colon)).matches()
                        && !word.startsWith("//", colon + 1) // http://…
                        && !AddrRange.isOne(word);
        if (!isField) {
            return new Clause.Words(word(end));
        }
        at += colon + 1;
        String field = word.substring(0, colon);
        if (isOver() || Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ')') {
            throw fault(
                    text, at, "a value is missing behind '" + field + ":'; " + field + ":* is any");
        }
        Value value = text.charAt(at) == '"' ? quoted() : word(wordEnd());
        return new Clause.Has(field, began, value);
    }

    private int wordEnd() {
        int end = at;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && text.charAt(end) != ')') {
            end++;
        }
        return end;
    }

    private Value word(int end) {
        Value value = new Value(text.substring(at, end), at, false);
        at = end;
        blanks();
        return value;
    }

    /// `"a \"b\""`: a backslash takes what follows as it is.
    private Value quoted() {
        int began = at++;
        StringBuilder plain = new StringBuilder();
        while (!isOver() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            plain.append(text.charAt(at++));
        }
        if (isOver()) {
            throw fault(text, began, "a quote that is not closed");
        }
        at++;
        if (!isOver() && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != ')') {
            throw fault(text, at, "a blank is missing behind the quote");
        }
        blanks();
        if (plain.isEmpty()) {
            throw fault(text, began, "a value is missing in the quotes");
        }
        return new Value(plain.toString(), began, true);
    }

    private boolean isNext(String word) {
        int end = at + word.length();
        return text.startsWith(word, at)
                && (end == text.length()
                        || Character.isWhitespace(text.charAt(end))
                        || text.charAt(end) == '('
                        || text.charAt(end) == ')');
    }

    private boolean takes(String word) {
        if (!isNext(word)) {
            return false;
        }
        int began = at;
        at += word.length();
        blanks();
        if (isOver()) {
            throw fault(text, began, "nothing behind " + word);
        }
        return true;
    }
}
