package io.hark.format.log;

import io.hark.event.LogDraft;

/// Names of accounts as daemons write them: alone, `name@domain`, `DOMAIN\name`.
public final class Accounts {

    private Accounts() {}

    /// Takes the user's name apart, and says that it is who calls from the source: a daemon that
    /// lets people in names nobody else. A name that was blotted out (`*****`) is none.
    public static void apart(LogDraft out) {
        String told = out.text("user.name");
        if (told.isEmpty()) {
            return;
        }
        if (told.chars().allMatch(c -> c == '*')) {
            out.remove("user.name");
            return;
        }
        int at = told.lastIndexOf('@');
        if (at > 0) {
            out.put("user.name", told.substring(0, at));
            out.orElse("user.domain", told.substring(at + 1));
            out.orElse("source.domain", told.substring(at + 1));
        } else {
            out.user(told);
        }
        out.orElse("source.user.name", out.text("user.name"));
    }
}
