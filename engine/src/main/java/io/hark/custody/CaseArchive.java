package io.hark.custody;

import io.hark.UserError;
import io.hark.bytes.Digests;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Evidence;
import io.hark.wire.Input;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A case in one file: a ZIP archive of `manifest.json`, `custody.jsonl` and the files of the case,
/// on request with the captures it was made of under `inputs/`.
///
/// *Errors*: what is wrong with a case or an archive is a [UserError] that names the file; an
/// [IOException] is of what is written.
public final class CaseArchive {

    /// What the first two entries may hold; beyond that it is no archive of ours.
    private static final long MAX_HEAD = 256L << 20;

    private CaseArchive() {}

    /// What was written or found.
    ///
    /// @param files of the case
    /// @param bytes of them
    /// @param sha256 of the archive
    public record Done(int files, long bytes, String sha256) {}

    /// Who does it, when, and what for.
    ///
    /// @param note free text, or null
    public record Hand(String by, Instant at, @Nullable String note) {}

    /// Writes a case to one file, all or nothing, and notes in the case's own chain that it went
    /// out.
    ///
    /// @param withInputs whether the captures go with it
    public static Done export(Path dir, Path out, boolean withInputs, Hand hand)
            throws IOException {
        if (!Files.isRegularFile(dir.resolve("case.json"))) {
            throw new UserError(dir + " is no finished case: it has no case.json");
        }
        if (out.toAbsolutePath().normalize().startsWith(dir.toAbsolutePath().normalize())) {
            throw new UserError(out + " lies in the case itself: name a file outside of it");
        }
        Manifest own = Manifest.of(dir);
        Map<String, Path> sources = new HashMap<>();
        own.files().forEach(item -> sources.put(item.path(), dir.resolve(item.path())));
        List<Manifest.Item> files = new ArrayList<>(own.files());
        if (withInputs) {
            files.addAll(inputs(dir, sources));
        }
        files.sort((a, b) -> a.path().compareTo(b.path()));
        Manifest manifest = new Manifest(files);
        Custody custody =
                Custody.of(dir)
                        .and(
                                new Custody.Act("exported", hand.by(), hand.note(), hand.at()),
                                manifest);
        Path begun = begun(out);
        String sha256;
        try {
            sha256 = write(begun, manifest, custody, sources);
            Files.move(
                    begun,
                    out,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(begun);
        }
        Files.writeString(dir.resolve(Custody.NAME), custody.text());
        return new Done(files.size(), manifest.size(), sha256);
    }

    /// Where it is made before it is there whole: a name that is nobody else's.
    private static Path begun(Path path) {
        Path begun =
                path.toAbsolutePath()
                        .resolveSibling(
                                "."
                                        + path.getFileName()
                                        + "."
                                        + ProcessHandle.current().pid()
                                        + ".tmp");
        if (Files.exists(begun)) {
            throw new UserError(begun + " is in the way: move or remove it");
        }
        return begun;
    }

    private static List<Manifest.Item> inputs(Path dir, Map<String, Path> sources)
            throws IOException {
        List<Manifest.Item> inputs = new ArrayList<>();
        for (Path capture : Evidence.of(dir, List.of())) {
            String path =
                    Evidence.INPUTS + "/%03d-%s".formatted(inputs.size(), capture.getFileName());
            if (capture.toAbsolutePath().startsWith(dir.toAbsolutePath())) {
                continue; // it came with the case
            }
            inputs.add(new Manifest.Item(path, Files.size(capture), Input.sha256(capture)));
            sources.put(path, capture);
        }
        return inputs;
    }

    private static String write(
            Path to, Manifest manifest, Custody custody, Map<String, Path> sources)
            throws IOException {
        MessageDigest whole = Digests.sha256();
        try (OutputStream file =
                        new DigestOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(to)), whole);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            text(zip, Manifest.NAME, manifest.json());
            text(zip, Custody.NAME, custody.text());
            for (Manifest.Item item : manifest.files()) {
                Path source = sources.get(item.path());
                ZipEntry entry = new ZipEntry(item.path());
                entry.setLastModifiedTime(Files.getLastModifiedTime(source));
                zip.putNextEntry(entry);
                MessageDigest one = Digests.sha256();
                try (InputStream in = Files.newInputStream(source)) {
                    in.transferTo(new DigestOutputStream(zip, one));
                }
                zip.closeEntry();
                if (!hex(one).equals(item.sha256())) {
                    throw new UserError(source + " changes while it is read: is it still written?");
                }
            }
        }
        return hex(whole);
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// Makes a case of an archive, once every file was found to be what its manifest says.
    ///
    /// @param dir must not be there
    public static Done restore(Path archive, Path dir, Hand hand) throws IOException {
        if (Files.exists(dir)) {
            throw new UserError(dir + " is there already: name a folder that is not");
        }
        Path begun = begun(dir);
        try (ZipFile zip = open(archive)) {
            String listed = text(zip, archive, Manifest.NAME);
            Manifest manifest = Manifest.parse(listed, archive + ": " + Manifest.NAME);
            String whence = archive + ": " + Custody.NAME;
            Custody custody = Custody.parse(text(zip, archive, Custody.NAME), whence);
            if (!custody.isOf(listed, whence)) {
                throw new UserError(
                        archive + ": the last hand in " + Custody.NAME + " gave on other files");
            }
            if (zip.size() != manifest.files().size() + 2) {
                throw new UserError(archive + " holds files that its manifest does not list");
            }
            Files.createDirectories(begun);
            for (Manifest.Item item : manifest.files()) {
                extract(zip, archive, item, begun.resolve(item.path()));
            }
            Files.writeString(begun.resolve(Manifest.NAME), listed);
            Files.writeString(
                    begun.resolve(Custody.NAME),
                    custody.and(
                                    new Custody.Act("imported", hand.by(), hand.note(), hand.at()),
                                    manifest)
                            .text());
            Files.move(begun, dir, StandardCopyOption.ATOMIC_MOVE);
            return new Done(manifest.files().size(), manifest.size(), Input.sha256(archive));
        } finally {
            CaseFolder.remove(begun);
        }
    }

    /// What differs in an imported case from what was handed over, a line each.
    public static List<String> differences(Path dir) throws IOException {
        Path file = dir.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file)) {
            throw new UserError(dir + " was not imported: it has no " + Manifest.NAME);
        }
        String listed = Files.readString(file);
        Custody custody = Custody.of(dir);
        List<String> differences = new ArrayList<>();
        if (!custody.isOf(listed, dir.resolve(Custody.NAME).toString())) {
            differences.add(Manifest.NAME + " is not what the last hand listed");
        }
        differences.addAll(Manifest.parse(listed, file.toString()).differences(dir));
        return differences;
    }

    private static ZipFile open(Path archive) throws IOException {
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + " is a folder: name the archive that 'case export' made");
        }
        try {
            Files.newByteChannel(archive).close(); // says why, where the ZIP reader says its name
            return new ZipFile(archive.toFile());
        } catch (ZipException e) {
            throw new UserError(archive + " is no archive of a case: " + e.getMessage(), e);
        } catch (IOException e) {
            throw UserError.unreadable(archive, e);
        }
    }

    private static String text(ZipFile zip, Path archive, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new UserError(archive + " is no archive of a case: it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] text = in.readNBytes((int) MAX_HEAD);
            if (in.read() >= 0) {
                throw new UserError(archive + ": " + name + " is too long");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new UserError(archive + ": " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    /// No more is unpacked than the manifest says there is.
    private static void extract(ZipFile zip, Path archive, Manifest.Item item, Path to)
            throws IOException {
        ZipEntry entry = zip.getEntry(item.path());
        if (entry == null) {
            throw new UserError(archive + " lacks " + item.path());
        }
        Files.createDirectories(to.getParent());
        MessageDigest digest = Digests.sha256();
        long left = item.size();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0 && left >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(n, left));
                left -= n;
            }
        } catch (ZipException e) {
            throw new UserError(archive + ": " + item.path() + " is damaged", e);
        }
        if (left != 0 || !hex(digest).equals(item.sha256())) {
            throw new UserError(
                    archive
                            + ": "
                            + item.path()
                            + " is not what the manifest says; nothing was imported");
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
