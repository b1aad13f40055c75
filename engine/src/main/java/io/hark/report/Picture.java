package io.hark.report;

import static io.hark.report.Markup.n;

/// A drawing in the page (SVG), with a title and a description for those who do not see it.
///
/// *Units*: of the drawing, about a pixel each on a wide screen; y grows downwards.
///
/// *Thread*: one owner.
final class Picture {

    private final Markup out;

    /// What is seen of the drawing: from `left` to the right, from 0 downwards.
    record Frame(double left, double width, double height) {}

    /// Begins a drawing.
    ///
    /// @param id of the page's own making
    /// @param kind its class
    /// @param title what it is
    /// @param description what it says
    Picture(Markup out, String id, String kind, Frame frame, String title, String description) {
        this.out = out;
        out.open(
                "div",
                "class",
                "picture " + kind,
                "tabindex",
                "0",
                "role",
                "group",
                "aria-label",
                title);
        out.open(
                "svg",
                "viewBox",
                n(frame.left) + " 0 " + n(frame.width) + " " + n(frame.height),
                "width",
                n(frame.width),
                "height",
                n(frame.height),
                "role",
                "img",
                "aria-labelledby",
                id + "-t " + id + "-d");
        out.with("title", title, "id", id + "-t").with("desc", description, "id", id + "-d");
    }

    Picture text(double x, double y, String kind, String text) {
        out.with("text", text, "x", n(x), "y", n(y), "class", kind);
        return this;
    }

    Picture line(double x1, double y1, double x2, double y2, String kind) {
        out.empty("line", "x1", n(x1), "y1", n(y1), "x2", n(x2), "y2", n(y2), "class", kind);
        return this;
    }

    Picture path(String d, String kind) {
        out.empty("path", "d", d, "class", kind);
        return this;
    }

    Picture circle(double x, double y, double r, String kind) {
        out.empty("circle", "cx", n(x), "cy", n(y), "r", n(r), "class", kind);
        return this;
    }

    Picture rect(double x, double y, double width, double height, String kind) {
        out.empty(
                "rect", "x", n(x), "y", n(y), "width", n(width), "height", n(height), "class",
                kind);
        return this;
    }

    /// What follows, up to [#endGroup], tells this when pointed at.
    Picture group(String kind, String told) {
        out.open("g", "class", kind).with("title", told);
        return this;
    }

    Picture endGroup() {
        out.close("g");
        return this;
    }

    /// For what is not so simple.
    Markup markup() {
        return out;
    }

    void end() {
        out.close("svg").close("div");
    }
}
