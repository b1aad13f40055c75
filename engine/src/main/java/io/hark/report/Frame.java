package io.hark.report;

import io.hark.bytes.Digests;
import io.hark.sensor.Version;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What every page of ours has around its parts: head, contents, foot.
///
/// *Safety*: a content security policy that names the digests of the one style and the one script
/// forbids everything else.
final class Frame {

    private static final int MAX_TITLE = 120;

    private Frame() {}

    /// Begins a page: what is written next is its overview.
    ///
    /// @param title what it is about
    static Markup begin(String title) {
        Markup out = new Markup();
        out.open("html", "lang", "en");
        head(out, title);
        out.open("body").with("a", "Skip to the findings", "href", "#main", "class", "skip");
        out.open("div", "class", "page");
        return out;
    }

    private static void head(Markup out, String title) {
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
        out.with("title", "hark: " + Markup.cut(title, MAX_TITLE));
        out.style(css).close("head");
    }

    private static String digest(String source) {
        byte[] hash = Digests.sha256(source.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    /// Writes the contents and all parts.
    static void parts(Markup out, List<Part> parts) {
        contents(out, parts);
        out.open("main", "id", "main");
        parts.forEach(part -> part(out, part));
        out.close("main");
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

    /// Ends the page.
    ///
    /// @param remark what its reader has to know
    static void end(Markup out, String remark) {
        out.open("footer").text("Written by hark " + Version.TEXT + ". " + remark).close("footer");
        out.close("div").script(Knowledge.resource("report.js")).close("body").close("html");
    }
}
