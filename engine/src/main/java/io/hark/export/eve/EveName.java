package io.hark.export.eve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate's name as Suricata shows it: in the order of the certificate, comma and blank
/// between the parts, nothing escaped.
final class EveName {

    private static final String MAIL = "emailAddress=";

    private EveName() {}

    private static String renamed(String part) {
        return part.startsWith(MAIL) ? "Email=" + part.substring(MAIL.length()) : part;
    }

    /// Of a name in RFC 4514's form, which has the last part first.
    ///
    /// For example, `CN=a\, b,C=DE` is `C=DE, CN=a, b`.
    static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        parts.replaceAll(EveName::renamed);
        return String.join(", ", parts.reversed());
    }
}
