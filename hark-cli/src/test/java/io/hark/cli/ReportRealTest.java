package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `report.html` in Chromium: hostile text runs nothing and asks for nothing, our own script runs,
/// the page prints. Needs `chromium` in the path; `./check real` runs it.
@Tag("real")
class ReportRealTest {

    private static final String EVIL = "evil.test"; // where hostile texts would have it call
    private static final int SECONDS = 90;

    @TempDir Path temp;

    /// Stands in for the whole network: every request of the browser comes here.
    private ServerSocket network;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        network = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private void listen() {
        while (!network.isClosed()) {
            try (Socket caller = network.accept()) {
                var words = caller.getInputStream().readNBytes(200);
                asked.add(new String(words, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                asked.add("broken: " + e.getMessage()); // at the end of a test, or of a call
            }
        }
    }

    /// Runs the browser on a page; answers what it wrote.
    private String chromium(Path page, String... options) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "chromium",
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--user-data-dir=" + temp.resolve("profile"),
                                "--proxy-server=127.0.0.1:" + network.getLocalPort(),
                                "--proxy-bypass-list=<-loopback>"));
        words.addAll(List.of(options));
        words.add(page.toUri().toString());
        Path out = temp.resolve("browser.out");
        Process browser;
        try {
            browser =
                    new ProcessBuilder(words)
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: no chromium: " + e.getMessage());
            throw e;
        }
        assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private Path report(String sample) {
        Path out = temp.resolve(sample);
        assertThat(Run.piped("analyze", Run.sample(sample), "--out", out).exit()).isZero();
        return out.resolve("report.html");
    }

    @Test
    void hostile_text_runs_nothing_and_asks_for_nothing() throws Exception {
        String dom = chromium(report("hostile-text"), "--dump-dom", "--timeout=5000");

        assertThat(dom).contains(">Copy</button>"); // our script ran, so the policy lets it
        assertThat(dom).doesNotContain("<h9", "<img", "owned=\"1\"");
        assertThat(asked).noneMatch(one -> one.contains(EVIL));
    }

    /// The same text where it can do harm, so that the test above means something.
    @Test
    void the_same_text_unescaped_would_run_and_ask() throws Exception {
        Path page = temp.resolve("control.html");
        Files.writeString(
                page,
                "<!DOCTYPE html><p>x</p><h9>out</h9><img src=http://evil.test/i><script>"
                        + "document.documentElement.setAttribute('owned','1')</script>");

        String dom = chromium(page, "--dump-dom", "--timeout=5000");

        assertThat(dom).contains("<h9", "owned=\"1\"");
        assertThat(asked).anyMatch(one -> one.contains(EVIL));
    }

    /// What the content security policy is for: markup that got in all the same.
    @Test
    void markup_that_got_into_the_page_is_stopped_by_its_policy() throws Exception {
        Path page = report("hostile-text");
        Files.writeString(
                page,
                Files.readString(page)
                        .replace(
                                "</body>",
                                "<h9>out</h9><img src=http://evil.test/i><script>"
                                        + "document.documentElement.setAttribute('owned','1')"
                                        + "</script></body>"));

        String dom = chromium(page, "--dump-dom", "--timeout=5000");

        assertThat(dom).contains("<h9").doesNotContain("owned=\"1\"");
        assertThat(asked).noneMatch(one -> one.contains(EVIL));
    }

    @Test
    void it_prints() throws Exception {
        Path pdf = temp.resolve("page.pdf");

        chromium(report("beacon"), "--no-pdf-header-footer", "--print-to-pdf=" + pdf);

        String text = Files.readString(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF");
        assertThat(text.split("/Type /Page\\b", -1).length - 1).isBetween(2, 8);
    }
}
