package io.hark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// The pages of all samples: well formed, the same each time, small, harmless.
class CaseReportTest {

    private static final Path SAMPLES = Path.of("..", "samples");
    private static final int MAX_PAGE = 1_000_000;

    @TempDir Path temp;

    private static Options options(int workers) {
        return Options.builder().workers(workers).build();
    }

    private static String page(Path capture, Path out, int workers) throws Exception {
        Outcome outcome =
                new Analysis(options(workers), _ -> {}, new CaseReport()).run(capture, out);
        assertThat(outcome.out()).isEqualTo(out);
        return Files.readString(out.resolve(CaseReport.FILE));
    }

    private static Path sample(String name) {
        return SAMPLES.resolve(name).resolve("capture.pcap");
    }

    /// What is left without style and script is strict enough to be XML.
    private static Document parsed(String page) throws Exception {
        String plain = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plain)));
    }

    private static List<Element> elements(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @TestFactory
    Stream<DynamicTest> a_page_is_well_formed_and_the_same_with_any_workers() throws Exception {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders
                    .map(folder -> folder.resolve("capture.pcap"))
                    .filter(Files::exists)
                    .sorted()
                    .toList()
                    .stream()
                    .map(
                            capture ->
                                    DynamicTest.dynamicTest(
                                            capture.getParent().getFileName().toString(),
                                            () -> check(capture)));
        }
    }

    private void check(Path capture) throws Exception {
        Path out = temp.resolve("case");
        String page = page(capture, out, 1);
        assertThat(page(capture, out, 4)).isEqualTo(page);
        assertThat(page.length()).isLessThan(MAX_PAGE);
        Document document = parsed(page);
        Set<String> ids = new TreeSet<>();
        for (Element element : elements(document, "*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("id %s once", id).isTrue();
        }
        for (Element link : elements(document, "a")) {
            String href = link.getAttribute("href");
            assertThat(
                            href.startsWith("#")
                                    ? ids.contains(href.substring(1))
                                    : Files.exists(out.resolve(href)))
                    .as("%s is there", href)
                    .isTrue();
        }
        for (Element picture : elements(document, "svg")) {
            assertThat(
                            picture.getAttribute("aria-hidden").equals("true")
                                    || ids.contains(
                                            picture.getAttribute("aria-labelledby").split(" ")[0]))
                    .as("a picture has a title")
                    .isTrue();
        }
        for (Element table : elements(document, "table")) {
            assertThat(table.getElementsByTagName("caption").getLength()).isOne();
        }
    }

    @Test
    void hostile_text_is_shown_and_is_nothing_else() throws Exception {
        String page = page(sample("hostile-text"), temp.resolve("case"), 2);

        assertThat(page).contains("&lt;script&gt;document.documentElement", "\\u{202e}", "&lt;h9");
        assertThat(page).doesNotContain("<h9", "<img", "\u202e", "\u0007", "hunter2");
        assertThat(page.split("<script", -1)).hasSize(2);
        assertThat(page.split("</style", -1)).hasSize(2);
        for (Element element : elements(parsed(page), "*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("style");
            }
        }
    }

    @Test
    void a_policy_forbids_all_but_our_own_style_and_script() throws Exception {
        String page = page(sample("dns-udp"), temp.resolve("case"), 1);

        assertThat(page)
                .containsPattern(
                        "default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;;"
                                + " script-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;; base-uri"
                                + " &#39;none&#39;; form-action &#39;none&#39;\"");
        assertThat(page).doesNotContain("http://", "https://", "url(", "@import");
    }

    @Test
    void a_beacon_is_drawn_and_its_commands_name_the_case() throws Exception {
        Path out = temp.resolve("case");
        String page = page(sample("beacon"), out, 1);

        Document document = parsed(page);
        assertThat(
                        elements(document, "circle").stream()
                                .filter(one -> one.getAttribute("class").equals("dot")))
                .hasSize(59);
        assertThat(page).contains("hark explain " + out).doesNotContain("hark query DIR");
    }

    @Test
    void what_cannot_be_read_has_a_page_that_says_so() throws Exception {
        Path capture = temp.resolve("empty.pcap");
        Files.writeString(capture, "no capture");

        String page = page(capture, temp.resolve("case"), 1);

        parsed(page);
        assertThat(page).contains("Nothing could be read");
    }
}
