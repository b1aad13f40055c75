package io.hark.log.paloalto;

import io.hark.event.LogDraft;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What PAN-OS's SYSTEM log says in sentences: who, from where, at which server.
///
/// *Source*: PAN-OS System Log Messages; the sentences are the product's own and put together from
/// clauses, so each clause is looked for by itself.
final class SystemMessages {

    private static final String IP = "'?([0-9A-Fa-f:.]{2,45}[0-9A-Fa-f])'?";

    private record Clause(String column, Pattern pattern) {

        static Clause of(String column, String regex) {
            return new Clause(column, Pattern.compile(regex));
        }

        void read(String text, LogDraft out) {
            Matcher matcher = pattern.matcher(text);
            if (!out.has(column) && matcher.find()) {
                out.put(column, matcher.group(1));
            }
        }
    }

    private static final List<Clause> CLAUSES =
            List.of(
                    Clause.of("user.name", "(?:for|authenticating) user '([^']{1,128})'"),
                    Clause.of(
                            "user.name",
                            "(?:for|authenticating) user ([^\\s',]{1,128}?)[.,]?(?:\\s|$)"),
                    Clause.of("user.name", "(?:^| )User (\\S{1,128}) logged (?:in|out)"),
                    Clause.of("user.name", " by ([^\\s',:]{1,128})$"),
                    Clause.of("source.ip", "[Ff]rom:? " + IP),
                    Clause.of("source.ip", "initiated by: " + IP),
                    Clause.of("source.ip", ", ip " + IP),
                    Clause.of("destination.ip", "[Ss]erver [Aa]ddress:? " + IP),
                    Clause.of("destination.ip", "(?:to server|to address:) ([0-9.]{7,15})"),
                    Clause.of(
                            "destination.port",
                            "(?:to server [0-9.]{7,15}:|to address: [0-9.]{7,15} port: )(\\d{1,5})"),
                    Clause.of("destination.domain", "ELECTION: ([A-Za-z0-9.-]{1,255}) IP"),
                    Clause.of("destination.ip", " IP: " + IP + " was elected"),
                    Clause.of(
                            "destination.domain",
                            "(?:WildFire|Public) Cloud ([A-Za-z0-9.-]{1,255})"),
                    Clause.of(
                            "observer.ingress.interface.name",
                            "(?:interface|Port) ([a-z]{2,10}[0-9/.]{1,12})[,:]"),
                    Clause.of("event.action", "^Port [^:]{1,32}: (Up|Down)"),
                    Clause.of(
                            "network.protocol",
                            "logged in via \\S{1,32} from \\S{1,45} using (\\S{1,16})"));

    private static final int MAX_READ = 2048; // characters: clauses stand at the beginning

    private SystemMessages() {}

    static void read(String text, LogDraft out) {
        String begin = text.substring(0, Math.min(text.length(), MAX_READ));
        CLAUSES.forEach(clause -> clause.read(begin, out));
    }
}
