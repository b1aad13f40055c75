package io.hark;

import io.hark.format.PeHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What inspectors found out about one file; becomes part of its `files` event.
///
/// *Thread*: the worker that owns the connection.
public final class FileNotes {

    /// Who looked, by Zeek's names: `MD5`, `SHA256`, `EXTRACT`.
    public final List<String> analyzers = new ArrayList<>();

    /// Lower-case hex, of whole files only.
    public @Nullable String md5;

    /// Lower-case hex, of whole files only.
    public @Nullable String sha1;

    /// Lower-case hex, of whole files only.
    public @Nullable String sha256;

    /// Names of what is in an archive.
    public @Nullable List<String> members;

    /// Whether something in an archive is encrypted; null for what is none.
    public @Nullable Boolean encrypted;

    /// Headers of a Windows program.
    public @Nullable PeHeader program;

    /// Name under `files/` that it shall have: it lies ready under its id.
    public @Nullable String extracted;

    /// Signs in a text that was sent: names of [io.hark.format.AttackSign], `PASSWORD`.
    public final List<String> signs = new ArrayList<>();
}
