package io.hark.bytes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes nested JSON into a [TextBuffer], field by field, without a tree in between. A field whose
/// value is null is left out.
///
/// *Shape*: whether a comma is due is read off the octet in front, so nothing is kept beside the
/// buffer. Names come as [Key]s, made once.
///
/// *Thread*: one owner.
public final class JsonWriter {

    /// The name of a field with its quotes and colon, ready made.
    public static final class Key {
        private final byte[] octets;

        /// The key of a field called `name`, which needs no escapes.
        public Key(String name) {
            octets = ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final TextBuffer out;

    /// A writer that appends to `out`.
    public JsonWriter(TextBuffer out) {
        this.out = out;
    }

    /// Begins a line's object.
    public JsonWriter line() {
        out.put('{');
        return this;
    }

    /// Ends a line's object, and the line.
    public void endLine() {
        out.put('}').put('\n');
    }

    private void comma() {
        byte before = out.array()[out.size() - 1];
        if (before != '{' && before != '[') {
            out.put(',');
        }
    }

    /// Begins a field; its value is written into what this answers.
    public TextBuffer field(Key key) {
        comma();
        return out.put(key.octets);
    }

    /// Begins a field whose name came over the network, say, and may need escapes.
    public TextBuffer field(String name) {
        comma();
        return out.json(name).put(':');
    }

    /// Begins a field that is an object.
    public JsonWriter object(Key key) {
        field(key).put('{');
        return this;
    }

    /// Begins an object in a list.
    public JsonWriter object() {
        comma();
        out.put('{');
        return this;
    }

    /// Ends an object.
    public JsonWriter end() {
        out.put('}');
        return this;
    }

    /// Begins a field that is a list.
    public JsonWriter list(Key key) {
        field(key).put('[');
        return this;
    }

    /// Ends a list.
    public JsonWriter endList() {
        out.put(']');
        return this;
    }

    /// A text in a list.
    public JsonWriter item(String text) {
        comma();
        out.json(text);
        return this;
    }

    /// A number in a list.
    public JsonWriter item(long number) {
        comma();
        out.number(number);
        return this;
    }

    /// A field that is a text.
    public JsonWriter text(Key key, @Nullable String text) {
        if (text != null) {
            field(key).json(text);
        }
        return this;
    }

    /// A field that is a number.
    public JsonWriter number(Key key, long number) {
        field(key).number(number);
        return this;
    }

    /// A field that is a number, or is left out.
    public JsonWriter number(Key key, @Nullable Integer number) {
        return number == null ? this : number(key, number.longValue());
    }

    /// A field that is a number, or is left out.
    public JsonWriter number(Key key, @Nullable Long number) {
        return number == null ? this : number(key, number.longValue());
    }

    /// A field that is a truth value.
    public JsonWriter flag(Key key, boolean flag) {
        field(key).put(flag ? TRUE : FALSE);
        return this;
    }

    /// A field that is a list of texts; left out where there is no list or nothing in it.
    public JsonWriter texts(Key key, @Nullable List<String> texts) {
        if (texts != null && !texts.isEmpty()) {
            list(key);
            for (int i = 0; i < texts.size(); i++) {
                item(texts.get(i));
            }
            endList();
        }
        return this;
    }
}
