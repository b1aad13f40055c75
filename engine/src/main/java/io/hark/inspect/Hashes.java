package io.hark.inspect;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Digests of files as they go by: MD5, SHA-1, SHA-256.
///
/// Only a file that was seen whole has a digest: one of a part would look like another file's.
/// Digests are used again when a file is over, so that a piece costs no allocation.
///
/// *Thread*: one owner, the worker.
public final class Hashes implements Inspector {

    /// What can be computed.
    private enum Kind {
        MD5("md5", "MD5"),
        SHA1("sha1", "SHA-1"),
        SHA256("sha256", "SHA-256");

        private final String option;
        private final String algorithm;

        Kind(String option, String algorithm) {
            this.option = option;
            this.algorithm = algorithm;
        }

        private MessageDigest fresh() {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }

        private void note(FileNotes notes, String hex) {
            switch (this) {
                case MD5 -> notes.md5 = hex;
                case SHA1 -> notes.sha1 = hex;
                case SHA256 -> notes.sha256 = hex;
            }
        }
    }

    private final List<Kind> kinds = new ArrayList<>();
    private final ArrayDeque<File> idle = new ArrayDeque<>();

    /// SHA-256 alone.
    public Hashes() {
        this(Set.of(Kind.SHA256.option));
    }

    /// The digests of these names: `md5`, `sha1`, `sha256`; others are ignored.
    public Hashes(Set<String> names) {
        for (Kind kind : Kind.values()) {
            if (names.contains(kind.option)) {
                kinds.add(kind);
            }
        }
    }

    @Override
    public String name() {
        return "hashes";
    }

    @Override
    public String about() {
        return "MD5, SHA-1 and SHA-256 of whole files";
    }

    @Override
    public @Nullable Reader body(String fuid, String source) {
        if (kinds.isEmpty()) {
            return null;
        }
        File used = idle.poll();
        return used == null ? new File() : used;
    }

    /// One file; idle again after its end.
    private final class File implements Reader {

        private final MessageDigest[] digests =
                kinds.stream().map(Kind::fresh).toArray(MessageDigest[]::new);
        private boolean gapped;

        @Override
        public void bytes(Bytes piece) {
            if (gapped) {
                return;
            }
            for (MessageDigest digest : digests) {
                digest.update(piece.array(), piece.base(), piece.length());
            }
        }

        @Override
        public void gap(long bytes) {
            gapped = true;
        }

        @Override
        public void end(boolean whole, FileNotes notes) {
            for (int i = 0; i < digests.length; i++) {
                Kind kind = kinds.get(i);
                notes.analyzers.add(kind.name());
                if (whole && !gapped) {
                    kind.note(notes, HexFormat.of().formatHex(digests[i].digest()));
                } else {
                    digests[i].reset();
                }
            }
            gapped = false;
            idle.push(this);
        }
    }
}
