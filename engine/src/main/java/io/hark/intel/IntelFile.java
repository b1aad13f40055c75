package io.hark.intel;

import io.hark.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads lists of indicators: comma-separated values (our own `indicators.csv` among them), Zeek's
/// intel files, STIX 2.1 bundles; which of them a file is, it shows by its first character.
///
/// What a list holds that nothing looks for (user names, patterns beyond equality) is counted and
/// told once a file.
///
/// *Errors*: a value that is not of its kind: a [UserError] with file and line.
public final class IntelFile {

    /// The most indicators of all lists together: ten of the largest public ones. 500 MB, full.
    public static final int MAX_INDICATORS = 2_000_000;

    private static final System.Logger LOG = System.getLogger(IntelFile.class.getName());

    private IntelFile() {}

    /// Reads all files.
    ///
    /// @throws UserError if one cannot be read or something in it is wrong
    public static Intel read(List<Path> files) {
        List<Indicator> all = new ArrayList<>();
        for (Path file : files) {
            Intake intake = new Intake(file, MAX_INDICATORS - all.size());
            read(file, intake);
            all.addAll(intake.indicators);
            if (!intake.leftOut.isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: {1} indicators read; not looked for: {2}",
                        file,
                        intake.indicators.size(),
                        intake.leftOut);
            }
        }
        return Intel.of(all);
    }

    private static void read(Path file, Intake intake) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            in.mark(1 << 10);
            int first = in.read();
            while (first == '\ufeff' || Character.isWhitespace(first)) {
                in.mark(1 << 10);
                first = in.read();
            }
            if (first >= 0) {
                in.reset();
            }
            if (first == '{') {
                Stix.read(in, intake);
            } else {
                Rows.read(in, intake);
            }
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": no text in UTF-8; convert it", e);
        } catch (IOException e) {
            throw UserError.unreadable(file, e);
        }
    }
}
