package io.hark.bench.fuzz;

import io.hark.report.CaseReport;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A capture, analysed, and the page about it: whatever strangers wrote, its tags are ours, close
/// in pairs, and run nothing.
///
/// *Thread*: one owner.
final class Page implements Target {

    private static final Pattern OURS = Pattern.compile("(?s)<(style|script)>.*?</\\1>");
    private static final Pattern TAG =
            Pattern.compile("<(?:!DOCTYPE html|/?[a-zA-Z0-9]+(?: [a-zA-Z-]+=\"[^\"<>]*\")*/?)>");
    private static final Pattern RUNS = Pattern.compile("<[^>]* (?:on[a-z]+|src|style)=");
    private static final int AROUND = 40;

    private final Options options = Options.builder().checksums(Setup.Checksums.IGNORE).build();

    @Override
    public void run(byte[] input) {
        try {
            Path file = Files.createTempFile("hark-fuzz", ".pcap");
            try {
                Files.write(file, input);
                Outcome outcome = new Analysis(options, _ -> {}).run(file, null);
                check(CaseReport.page(Path.of("case"), outcome, options));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a fuzzer", e);
        }
    }

    private static void check(String page) {
        String strangers = OURS.matcher(page).replaceAll("");
        Matcher runs = RUNS.matcher(strangers);
        if (runs.find()) {
            throw new IllegalStateException("it could run something: " + runs.group());
        }
        String rest = TAG.matcher(strangers).replaceAll("");
        int stray = rest.indexOf('<');
        if (stray >= 0) {
            throw new IllegalStateException(
                    "not a tag of ours: "
                            + rest.substring(stray, Math.min(rest.length(), stray + AROUND)));
        }
    }
}
