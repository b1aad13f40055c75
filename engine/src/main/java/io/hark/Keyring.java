package io.hark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The secrets that decoders may try, in the order they were given.
///
/// *Shape* of what is loaded: a private RSA key in PEM (PKCS#1 or PKCS#8), an NSS key log, a
/// `keys.yaml` (see [KeysYaml]), or a folder of those.
///
/// *Thread*: immutable, any thread. Nothing here is ever printed but names and kinds.
///
/// @param secrets all of them
/// @param grows whether key logs are followed, so that more may come
public record Keyring(List<Secret> secrets, boolean grows) {

    /// No secrets.
    public static final Keyring EMPTY = new Keyring(List.of());

    /// All that there will be.
    public Keyring(List<Secret> secrets) {
        this(secrets, false);
    }

    /// Keeps its own copy.
    public Keyring {
        secrets = List.copyOf(secrets);
    }

    /// The secrets of one kind, in order.
    public List<Secret> secrets(Secret.Kind kind) {
        return secrets.stream().filter(secret -> secret.kind() == kind).toList();
    }

    /// Names and kinds only.
    @Override
    public String toString() {
        return secrets.toString();
    }

    /// Loads files and folders. In a folder, files that hold no secret are passed over; a file that
    /// is named must hold one.
    ///
    /// @throws UserError if a file is missing, too large, or holds nothing that can be used
    public static Keyring load(List<Path> paths) {
        return load(paths, false);
    }

    /// The same where key logs are followed while they grow: a file that is empty yet is one.
    ///
    /// @throws UserError as [#load(List)]
    public static Keyring loadGrowing(List<Path> paths) {
        return load(paths, !paths.isEmpty());
    }

    private static Keyring load(List<Path> paths, boolean growing) {
        List<Secret> secrets = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (Files.isDirectory(path)) {
                    secrets.addAll(folder(path));
                } else if (!Files.isReadable(path)) {
                    throw new UserError(
                            "no keys at "
                                    + path
                                    + ": it is not there or cannot be read; give "
                                    + KeyFile.FORMS);
                } else {
                    List<Secret> found = KeyFile.read(path);
                    if (found.isEmpty() && !(growing && Files.size(path) == 0)) {
                        throw new UserError(
                                path + " holds no key that Hark can use: give " + KeyFile.FORMS);
                    }
                    secrets.addAll(found);
                }
            } catch (IOException e) {
                throw new UserError("cannot read keys from " + path + ": " + e.getMessage(), e);
            }
        }
        return new Keyring(secrets, growing);
    }

    private static List<Secret> folder(Path folder) throws IOException {
        List<Path> files;
        try (var inside = Files.list(folder)) {
            files = inside.filter(Files::isRegularFile).sorted().toList();
        }
        List<Secret> secrets = new ArrayList<>();
        for (Path file : files) {
            secrets.addAll(KeyFile.read(file));
        }
        if (secrets.isEmpty()) {
            throw new UserError("no key in the folder " + folder + ": put there " + KeyFile.FORMS);
        }
        return secrets;
    }
}
