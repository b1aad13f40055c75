package io.hark.decode.agenttesla;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.FilePiece;
import io.hark.carry.Mail;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Agent Tesla's reports, which it mails or uploads by FTP in the clear: stolen logins, what was
/// typed, screenshots, cookies. The implant alone speaks.
///
/// *Key*: user and host, as every report names them. *Shape*: [ReportName] and [Report]. *Source*:
/// published analyses of its mails and uploads, written down in our own words; no capture here
/// verifies it, since the public ones hold people's logins. What it posts to a web panel is
/// encrypted and not read.
public final class AgentTesla implements Decoder<AgentTesla.Host> {

    private static final String FAMILY = "Agent Tesla";

    /// What is known of one host.
    ///
    /// @param reports how many reports were read
    /// @param profile what was said of the host last
    public record Host(long reports, String profile) implements Stored {}

    @Override
    public String name() {
        return "agent-tesla";
    }

    @Override
    public String about() {
        return "Agent Tesla's reports by mail and FTP: logins, keys typed, screenshots";
    }

    @Override
    public Info info() {
        return new Info(
                List.of(FAMILY),
                Set.of(Carrier.MAIL, Carrier.FTP_FILE),
                Set.of(),
                "everything that is mailed or uploaded by FTP; not what is posted to a panel",
                "",
                false);
    }

    @Override
    public Class<Host> stateType() {
        return Host.class;
    }

    @Override
    public int taste(Tasting tasting) {
        return switch (tasting) {
            case MailSeen seen when ReportName.ofSubject(seen.mail().subject()) == null ->
                    Verdict.NO;
            case MailSeen seen when !seen.whole() -> Verdict.MORE;
            case MailSeen seen -> Report.isOne(text(seen.mail())) ? Verdict.YES : Verdict.NO;
            case FileSeen seen when ReportName.ofFile(seen.file().name()) == null -> Verdict.NO;
            case FileSeen seen -> seen.whole() ? Verdict.YES : Verdict.MORE;
            default -> Verdict.NO;
        };
    }

    private static String text(Mail mail) {
        return mail.parts().isEmpty() ? "" : text(mail.parts().getFirst().bytes());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static @Nullable ReportName nameOf(Carried piece) {
        return switch (piece) {
            case Mail mail -> ReportName.ofSubject(mail.subject());
            case FilePiece file -> ReportName.ofFile(file.name());
            default -> null;
        };
    }

    @Override
    public void keys(Carried input, Keys sink) {
        ReportName name = nameOf(input);
        if (name != null) {
            sink.add(name.who());
        }
    }

    @Override
    public @Nullable Host converse(Carried piece, @Nullable Host state, Conversation turn) {
        ReportName name = nameOf(piece);
        if (name == null) {
            return state;
        }
        Host host = state == null ? new Host(0, "") : state;
        if (piece instanceof Mail mail) {
            Voice voice = Voice.of(this, turn, piece, "tcp", "smtp", "mime").ofFamily(FAMILY);
            Report report = Report.of(text(mail));
            host = profile(host, report, piece.ts(), mail.recipients(), voice);
            report(name.kind(), report, piece.ts(), voice);
            for (Mail.Part part : mail.parts()) {
                if (!part.filename().isEmpty()) {
                    attached(name.kind(), part.bytes(), piece.ts(), voice, turn);
                }
            }
        } else if (piece instanceof FilePiece file) {
            Voice voice = Voice.of(this, turn, piece, "tcp", "ftp-data").ofFamily(FAMILY);
            String text = text(file.bytes());
            if (Report.isOne(text)) {
                Report report = Report.of(text);
                host = profile(host, report, piece.ts(), List.of(), voice);
                report(name.kind(), report, piece.ts(), voice);
            } else {
                attached(name.kind(), file.bytes(), piece.ts(), voice, turn);
            }
        }
        return new Host(host.reports + 1, host.profile);
    }

    /// Says the host's profile where it is another than before.
    private static Host profile(
            Host host, Report report, long ts, List<String> recipients, Voice voice) {
        String profile = report.profile();
        if (profile.equals(host.profile)) {
            return host;
        }
        List<Fact> facts = new ArrayList<>(report.hostFacts());
        recipients.forEach(to -> facts.add(Fact.of("controller", to)));
        voice.say(ts, Speaker.IMPLANT, Topic.SYSINFO, profile, facts);
        return new Host(host.reports, profile);
    }

    private static void report(ReportName.Kind kind, Report report, long ts, Voice voice) {
        switch (kind) {
            case LOGINS ->
                    report.logins()
                            .forEach(
                                    login ->
                                            voice.say(
                                                    ts,
                                                    Speaker.IMPLANT,
                                                    Topic.CREDENTIALS,
                                                    login.text(),
                                                    login.facts()));
            case KEYS -> {
                String typed = report.typed();
                if (!typed.isEmpty()) {
                    voice.say(ts, Speaker.IMPLANT, Topic.KEYSTROKES, typed);
                }
            }
            case SCREEN, COOKIES -> {} // these hang on as files
        }
    }

    private static void attached(
            ReportName.Kind kind, byte[] octets, long ts, Voice voice, Conversation turn) {
        switch (kind) {
            case SCREEN ->
                    voice.say(
                            ts,
                            Speaker.IMPLANT,
                            Topic.SCREENSHOT,
                            "a screenshot, %d bytes".formatted(octets.length),
                            turn.keep(octets, "jpg"));
            case COOKIES ->
                    voice.say(
                            ts,
                            Speaker.IMPLANT,
                            Topic.CREDENTIALS,
                            "cookies of browsers, %d bytes".formatted(octets.length),
                            turn.keep(octets, "zip"));
            case LOGINS, KEYS ->
                    voice.say(
                            ts,
                            Speaker.IMPLANT,
                            Topic.FILE_GET,
                            "%d bytes of no known shape".formatted(octets.length),
                            turn.keep(octets, "bin"));
        }
    }
}
