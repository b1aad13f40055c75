package io.hark.report;

import io.hark.sensor.CasePart;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Writes `report.html`: one file that loads nothing and sends nothing, made of what was summed up
/// during the run.
///
/// *Shape*: every list has a limit and says what it leaves out, so that the page stays under a
/// megabyte whatever the capture. Without its script it only lacks buttons to copy and a field to
/// filter tables by. The same input gives the same page, but for the place of the case that
/// commands name.
///
/// *Safety*: what strangers wrote gets in as text only ([Markup]), and the page may do nothing but
/// what its [Frame] says.
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
        Markup out = Frame.begin(outcome.name());
        new Overview(matter).write(out);
        Frame.parts(out, parts);
        Frame.end(
                out,
                "Times are UTC; bytes are payload unless said otherwise. Text from the network is shown"
                        + " as it came, what does not show itself as \\u{…}; credentials are masked.");
        return out.toString();
    }
}
