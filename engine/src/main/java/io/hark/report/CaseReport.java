package io.hark.report;

import io.hark.bytes.Digests;
import io.hark.sensor.CasePart;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.sensor.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;

/// Writes `report.html`: one file that loads nothing and sends nothing, made of what was summed up
/// during the run.
///
/// *Shape*: every list has a limit and says what it leaves out, so that the page stays under a
/// megabyte whatever the capture. Without its script it only lacks buttons to copy and a field to
/// filter tables by. The same input gives the same page, but for the place of the case that
/// commands name.
///
/// *Safety*: what strangers wrote gets in as text only ([Markup]); a content security policy that
/// names the digests of the one style and the one script forbids everything else.
public final class CaseReport implements CasePart {

    /// The page's name in a case.
    public static final String FILE = "report.html";

    @Override
    public void write(Path dir, Outcome outcome, Options options) throws IOException {
        Path begun = dir.resolve(FILE + ".tmp");
        Files.writeString(begun, page(dir, outcome, options));
        Files.move(
                begun,
                dir.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// The page.
    ///
    /// @param dir the case, as commands shall name it
    public static String page(Path dir, Outcome outcome, Options options) {
        Matter matter = Matter.of(dir, outcome, options);
        Knowledge knowledge = new Knowledge();
        Bands bands = Bands.of(matter.chronicle().volume());
        List<Part> parts =
                List.<Part>of(
                                new IncidentCards(matter, knowledge),
                                new FindingCards(matter, knowledge),
                                new TimePicture(matter, bands),
                                new Pairs(matter),
                                new Protocols(matter, bands),
                                new Chats(matter),
                                new Requests(matter),
                                new LogLines(matter),
                                new FileTable(matter),
                                new Encrypted(matter),
                                new HostTable(matter),
                                new Oddities(matter),
                                new Techniques(matter, knowledge),
                                new NextSteps(matter))
                        .stream()
                        .filter(Part::isThere)
                        .toList();
        Markup out = new Markup();
        out.open("html", "lang", "en");
        head(out, outcome);
        out.open("body").with("a", "Skip to the findings", "href", "#main", "class", "skip");
        out.open("div", "class", "page");
        new Overview(matter).write(out);
        contents(out, parts);
        out.open("main", "id", "main");
        parts.forEach(part -> part(out, part));
        out.close("main");
        out.open("footer")
                .text(
                        "Written by hark "
                                + Version.TEXT
                                + ". Times are UTC; bytes are payload unless")
                .text(" said otherwise. Text from the network is shown as it came, what does not")
                .text(" show itself as \\u{…}; credentials are masked.")
                .close("footer");
        out.close("div").script(Knowledge.resource("report.js")).close("body").close("html");
        return out.toString();
    }

    private static void head(Markup out, Outcome outcome) {
        String css = Knowledge.resource("report.css");
        String js = Knowledge.resource("report.js");
        out.open("head").empty("meta", "charset", "utf-8");
        out.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src "
                        + digest(css)
                        + "; script-src "
                        + digest(js)
                        + "; base-uri 'none'; form-action 'none'");
        out.empty("meta", "name", "referrer", "content", "no-referrer");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.with("title", "hark: " + Markup.cut(outcome.name(), 120));
        out.style(css).close("head");
    }

    private static String digest(String source) {
        byte[] hash = Digests.sha256(source.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    private static void contents(Markup out, List<Part> parts) {
        out.open("nav", "aria-label", "Contents").open("ul");
        for (Part part : parts) {
            out.open("li").with("a", part.title(), "href", "#" + part.id());
            if (!part.amount().isEmpty()) {
                out.text(" ").with("span", part.amount(), "class", "quiet");
            }
            out.close("li");
        }
        out.close("ul").close("nav");
    }

    private static void part(Markup out, Part part) {
        String heading = part.id() + "-h";
        out.open("section", "id", part.id(), "aria-labelledby", heading);
        out.open("div", "class", "side").with("h2", part.title(), "id", heading);
        if (!part.amount().isEmpty()) {
            out.with("p", part.amount(), "class", "amount");
        }
        out.close("div").open("div", "class", "body");
        part.write(out);
        out.close("div").close("section");
    }
}
