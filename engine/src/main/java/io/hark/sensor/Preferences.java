package io.hark.sensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an operator is after, by the words of what was asked: hosts, users, paths, file types,
/// services. Words, not facts: what was meant by them is for a person to say.
///
/// *Thread*: one owner.
final class Preferences {

    private static final int MAX_LOOK = 4096; // characters of one message
    private static final int MAX_EACH = 24; // of one sort: a line or two

    private static final Pattern PATH =
            Pattern.compile(
                    "(?<![\\w/.:])/(?:[\\w.@+-]{1,64}/){0,16}[\\w.@+-]{1,64}"
                            + "|\\b[A-Za-z]:\\\\[^\\s\"'<>|*?]{1,200}"
                            + "|%[A-Za-z]{1,32}%[^\\s\"'<>|*?]{0,200}");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?<![\\d.])(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])"
                            + "|\\\\\\\\([A-Za-z0-9][\\w.-]{0,63})\\\\"
                            + "|\\b[a-z]{2,8}://([\\w.-]{1,128})");
    private static final Pattern USER =
            Pattern.compile(
                    "(?i)\\b(?:net1?\\s{1,4}user|sudo\\s{1,4}-u|su\\s{1,4}-|runas\\s{1,4}/user:)\\s{0,4}([\\w.\\\\@-]{1,64})");
    private static final Pattern SERVICE =
            Pattern.compile(
                    "(?i)\\b(?:sc|net1?|systemctl|service)\\s{1,4}(?:query|start|stop|restart|status|create|delete|config)\\s{1,4}([\\w.@-]{1,64})");
    private static final Pattern TYPE = Pattern.compile("[\\w*]\\.([A-Za-z][A-Za-z0-9]{1,5})$");
    private static final Pattern MASK = Pattern.compile("\\*\\.[A-Za-z][A-Za-z0-9]{1,5}\\b");

    private final Map<String, TreeSet<String>> found = new LinkedHashMap<>();

    /// Looks at one thing that was asked.
    void look(String text) {
        String start = text.substring(0, Math.min(MAX_LOOK, text.length()));
        note("host", HOST, start);
        note("user", USER, start);
        note("path", PATH, start);
        note("service", SERVICE, start);
        for (Matcher mask = MASK.matcher(start); mask.find(); ) {
            type(mask.group());
        }
    }

    private void note(String sort, Pattern pattern, String text) {
        for (Matcher hit = pattern.matcher(text); hit.find(); ) {
            String value = hit.group();
            for (int i = 1; i <= hit.groupCount(); i++) {
                value = hit.group(i) == null ? value : hit.group(i);
            }
            add(sort, value);
            if (sort.equals("path")) {
                type(value);
            }
        }
    }

    private void type(String name) {
        Matcher type = TYPE.matcher(name);
        if (type.find()) {
            add("file type", type.group(1).toLowerCase(Locale.ROOT));
        }
    }

    private void add(String sort, String value) {
        TreeSet<String> values = found.computeIfAbsent(sort, _ -> new TreeSet<>());
        if (values.size() < MAX_EACH) {
            values.add(value);
        }
    }

    /// A line for each sort that was found.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.forEach((sort, values) -> lines.add(sort + ": " + String.join(", ", values)));
        return lines;
    }
}
