package io.hark.cli;

import io.hark.KeysYaml;
import io.hark.Secret;
import java.util.Map;

/// Writes `docs/reference/keys.md` out of what [KeysYaml] and [Secret.Kind] say about themselves.
final class KeysReference {

    private static final String HEAD =
            """
            # keys.yaml

            Made from `io.hark.KeysYaml` and `io.hark.Secret` by `./check docs`; do not edit. [How to give keys](../how-to/keys.md) says
            when which one helps.

            A list of entries. A word that is not known is an error with its line and the nearest known word; no error and no
            log ever repeats a value.

                - name: staging key of the launcher
                  kind: bytes
                  value: "text:0123456789abcdef0123456789abcdef"
                  scope: {server: 203.0.113.5}
                  source: PowerShell log of the first host

            Octets (`value` of `bytes`, lines of a `key-list`, `key`, `iv` and `hmac`) are written `hex:…`, `base64:…` or `text:…`;
            without such a word they are hex, in which spaces and colons do not count.
            """;

    private KeysReference() {}

    /// The page.
    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        table(page, "What an entry has", "key", KeysYaml.MEMBERS);
        page.append("\n## Kinds\n\n| kind | is |\n| --- | --- |\n");
        for (Secret.Kind kind : Secret.Kind.values()) {
            row(page, kind.word(), kind.inWords());
        }
        KeysYaml.LISTS.forEach((kind, about) -> row(page, kind, about));
        page.append("\nA list has at most ")
                .append(KeysYaml.MAX_LIST)
                .append(
                        " lines. Each is tried through a key check, never by whether the result looks")
                .append(" right.\n");
        table(page, "Scopes", "scope", KeysYaml.SCOPES);
        return page.toString();
    }

    private static void table(
            StringBuilder page, String title, String what, Map<String, String> words) {
        page.append("\n## ").append(title).append("\n\n| ").append(what);
        page.append(" | is |\n| --- | --- |\n");
        words.forEach((word, about) -> row(page, word, about));
    }

    private static void row(StringBuilder page, String word, String about) {
        page.append("| `").append(word).append("` | ").append(about).append(" |\n");
    }
}
