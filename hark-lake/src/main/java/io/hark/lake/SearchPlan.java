package io.hark.lake;

import io.hark.UserError;
import io.hark.lake.Clause.Value;
import io.hark.lake.SearchField.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a search means for each kind of event: one condition a table.
///
/// @param text the search as it was written
/// @param tables the columns of each kind that has rows
/// @param others the columns of kinds that have none here: known, and never met
/// @param values makes conditions of values
record SearchPlan(
        String text,
        Map<String, List<SearchField>> tables,
        Map<String, List<SearchField>> others,
        SearchValue values) {

    private static final int NEAR = 3; // slips of the pen in a name that is still recognised

    /// The conditions of the tables that may have hits.
    ///
    /// @throws UserError if a field is known nowhere, or a value fits none of its columns
    Map<String, Condition> conditions() {
        Clause all = SearchParser.parse(text);
        check(all);
        Map<String, Condition> conditions = new TreeMap<>();
        tables.forEach(
                (kind, fields) -> {
                    Condition condition = of(all, kind, fields);
                    if (!condition.isNever()) {
                        conditions.put(kind, condition);
                    }
                });
        return conditions;
    }

    private Condition of(Clause clause, String kind, List<SearchField> fields) {
        return switch (clause) {
            case Clause.And and -> joined(and.parts(), kind, fields, true);
            case Clause.Or or -> joined(or.parts(), kind, fields, false);
            case Clause.Not not -> of(not.part(), kind, fields).negated();
            case Clause.Words words -> anywhere(words.value(), fields);
            case Clause.Has has -> has(has, kind, fields);
        };
    }

    private Condition joined(
            List<Clause> parts, String kind, List<SearchField> fields, boolean all) {
        return Condition.joined(parts.stream().map(part -> of(part, kind, fields)).toList(), all);
    }

    /// An address or a network is looked for among addresses too.
    private Condition anywhere(Value value, List<SearchField> fields) {
        List<Condition> any = new ArrayList<>();
        boolean address = AddrRange.isOne(value.text());
        for (SearchField field : fields) {
            if (address && field.form() == Form.ADDR) {
                Condition one = values.on(field, value);
                any.add(one == null ? Condition.NEVER : one);
            }
            any.add(SearchValue.within(field, value));
        }
        return Condition.joined(any, false);
    }

    private Condition has(Clause.Has has, String kind, List<SearchField> fields) {
        switch (has.field()) {
            case "kind" -> {
                return isKind(kind, has.value()) ? Condition.ALWAYS : Condition.NEVER;
            }
            case "since", "until" -> {
                Long moment = values.moment(has.value().text());
                String test = has.field().equals("since") ? "ts >= " : "ts <= ";
                return moment == null
                        ? Condition.NEVER
                        : Condition.of(test + SearchValue.MOMENT, moment);
            }
            default -> {
                List<Condition> any = new ArrayList<>();
                for (SearchField field : meant(has.field(), kind, fields)) {
                    Condition one = values.on(field, has.value());
                    any.add(one == null ? Condition.NEVER : one);
                }
                return Condition.joined(any, false);
            }
        }
    }

    /// `dns.query` means the column `query` of `dns` alone.
    private static List<SearchField> meant(String asked, String kind, List<SearchField> fields) {
        String own = kind + ".";
        String name = asked.startsWith(own) ? asked.substring(own.length()) : asked;
        return fields.stream().filter(field -> field.isMeantBy(name)).toList();
    }

    private static boolean isKind(String kind, Value value) {
        String wanted = value.text().toLowerCase(java.util.Locale.ROOT);
        return value.isPattern()
                ? kind.matches(
                        java.util.regex.Pattern.quote(wanted)
                                .replace("*", "\\E.*\\Q")
                                .replace("?", "\\E.\\Q"))
                : kind.equals(wanted);
    }

    // ---- what cannot be meant

    private void check(Clause clause) {
        switch (clause) {
            case Clause.And and -> and.parts().forEach(this::check);
            case Clause.Or or -> or.parts().forEach(this::check);
            case Clause.Not not -> check(not.part());
            case Clause.Words _ -> {}
            case Clause.Has has -> check(has);
        }
    }

    private Map<String, List<SearchField>> all() {
        Map<String, List<SearchField>> all = new LinkedHashMap<>(others);
        all.putAll(tables);
        return all;
    }

    private void check(Clause.Has has) {
        Value value = has.value();
        if (has.field().equals("kind")) {
            if (all().keySet().stream().noneMatch(kind -> isKind(kind, value))) {
                throw SearchParser.fault(
                        text,
                        value.at(),
                        "there is no kind '"
                                + value.text()
                                + "'; there are "
                                + String.join(", ", new TreeSet<>(all().keySet())));
            }
            return;
        } else if (has.field().equals("since") || has.field().equals("until")) {
            if (values.moment(value.text()) == null) {
                throw SearchParser.fault(
                        text,
                        value.at(),
                        has.field() + " takes a time: 2026-11-21, 2026-11-21T20:04 or -2h");
            }
            return;
        }
        List<SearchField> meant = new ArrayList<>();
        all().forEach((kind, fields) -> meant.addAll(meant(has.field(), kind, fields)));
        if (meant.isEmpty()) {
            throw SearchParser.fault(text, has.at(), unknown(has.field()));
        }
        if (meant.stream().allMatch(field -> values.on(field, value) == null)) {
            throw SearchParser.fault(
                    text,
                    value.at(),
                    has.field() + " takes " + SearchValue.wanted(meant.getFirst()));
        }
    }

    private String unknown(String asked) {
        TreeSet<String> names = new TreeSet<>(SearchField.ALIASES.keySet());
        names.addAll(SearchField.WORDS);
        all().values().forEach(fields -> fields.forEach(field -> names.add(field.name())));
        String best = "";
        int nearest = NEAR + 1;
        for (String name : names) {
            String bare = name.startsWith("id.") ? name.substring(3) : name;
            int distance = Math.min(distance(asked, name), distance(asked, bare));
            if (name.startsWith(asked) || name.endsWith(asked)) {
                distance = Math.min(distance, 1);
            }
            if (distance < nearest) {
                nearest = distance;
                best = name;
            }
        }
        return "there is no field '"
                + asked
                + "'"
                + (best.isEmpty() ? "; `hark query DIR` lists them all" : "; nearest: " + best);
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        java.util.Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
