package io.hark.report;

import io.hark.Secret;
import io.hark.event.Ssl;
import io.hark.sensor.Chronicle;
import io.hark.sensor.Chronicle.Handshakes;
import io.hark.sensor.Chronicle.Server;
import io.hark.sensor.Summary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What could not be read for want of a key, and which key would open it.
///
/// @param matter what the page is about
record Encrypted(Matter matter) implements Part {

    private static final int MAX_CLOSED = 20;
    private static final int MAX_SERVERS = 24;

    private static final Comparator<Entry<Server, Handshakes>> ORDER =
            Comparator.comparing((Entry<Server, Handshakes> e) -> isOdd(e.getValue().example))
                    .thenComparingLong(e -> e.getValue().count)
                    .reversed()
                    .thenComparing(e -> e.getKey().resp())
                    .thenComparingInt(e -> e.getKey().port())
                    .thenComparing(e -> e.getKey().name() == null ? "" : e.getKey().name());

    @Override
    public String id() {
        return "encrypted";
    }

    @Override
    public String title() {
        return "Encrypted";
    }

    @Override
    public String amount() {
        int closed = matter.summary().closed().size();
        String servers = Units.count(chronicle().servers().size(), "TLS server");
        return closed == 0 ? servers : Units.count(closed) + " waiting for a key, " + servers;
    }

    private Chronicle chronicle() {
        return matter.chronicle();
    }

    @Override
    public boolean isThere() {
        return !matter.summary().closed().isEmpty() || !chronicle().servers().isEmpty();
    }

    @Override
    public void write(Markup out) {
        closed(out, matter.summary().closed());
        servers(out, chronicle().servers());
    }

    private void closed(Markup out, List<Summary.Closed> closed) {
        if (closed.isEmpty()) {
            return;
        }
        Table table =
                new Table(
                        out,
                        "Conversations that wait for a key",
                        "decoder",
                        "from",
                        "to",
                        "port",
                        "why",
                        "opened by");
        for (Summary.Closed one : closed.subList(0, Math.min(MAX_CLOSED, closed.size()))) {
            table.row()
                    .cell(cell -> cell.strange(one.decoder(), 30))
                    .cell(cell -> matter.host(cell, one.id().orig_h()))
                    .cell(cell -> matter.host(cell, one.id().resp_h()))
                    .text(Integer.toString(one.id().resp_p()))
                    .cell(cell -> cell.strange(one.why(), 200))
                    .text(
                            one.secrets().stream()
                                    .map(Secret.Kind::inWords)
                                    .collect(Collectors.joining(" or ")));
        }
        table.end();
        if (closed.size() > MAX_CLOSED) {
            Table.more(
                    out,
                    Units.count(closed.size() - MAX_CLOSED, "more conversation"),
                    "undecoded/index.jsonl lists all");
        }
        out.with("p", "When the key turns up:", "class", "note");
        FindingCards.command(out, matter.command("decode --late", "--keys KEYFILE"));
    }

    private void servers(Markup out, Map<Server, Handshakes> servers) {
        if (servers.isEmpty()) {
            return;
        }
        Table table =
                new Table(
                        out,
                        "Servers spoken to by TLS, the odd ones first",
                        "server",
                        "called",
                        "#handshakes",
                        "version, cipher, JA4 of a client",
                        "certificate",
                        "opened by");
        for (Entry<Server, Handshakes> entry : Top.of(servers.entrySet(), ORDER, MAX_SERVERS)) {
            Ssl ssl = entry.getValue().example;
            Server server = entry.getKey();
            table.row()
                    .cell(
                            cell ->
                                    cell.with(
                                            "span",
                                            server.resp() + " : " + server.port(),
                                            "class",
                                            "addr"))
                    .cell(cell -> cell.strange(or(server.name()), 70))
                    .number(handshakes(entry.getValue()))
                    .cell(cell -> choice(cell, ssl))
                    .cell(cell -> certificate(cell, ssl))
                    .text(openedBy(ssl));
        }
        table.end();
        int left = servers.size() - MAX_SERVERS;
        if (left > 0 || chronicle().otherHandshakes() > 0) {
            Table.moreBy(
                    out,
                    left > 0 ? Units.count(left, "more server") : "Some servers",
                    matter.command(
                            "query",
                            "'SELECT \"id.resp_h\", server_name, version, cipher, subject, ja4 FROM"
                                    + " ssl'"));
        }
    }

    private static String handshakes(Handshakes of) {
        return of.established == of.count
                ? Units.count(of.count)
                : Units.count(of.count) + ", " + Units.count(of.established) + " completed";
    }

    private static void choice(Markup cell, Ssl ssl) {
        cell.strange(or(ssl.version()), 20);
        cell.open("span", "class", "fine").strange(or(ssl.cipher()), 80).close("span");
        cell.open("span", "class", "fine").text(or(ssl.ja4())).close("span");
    }

    private static void certificate(Markup cell, Ssl ssl) {
        cell.strange(or(ssl.subject()), 90);
        if (isSelfSigned(ssl)) {
            cell.with("span", " signed by itself", "class", "bad");
        } else if (ssl.issuer() != null) {
            cell.open("span", "class", "sub")
                    .text("by ")
                    .strange(or(ssl.issuer()), 90)
                    .close("span");
        }
        if (Boolean.FALSE.equals(ssl.sni_matches_cert())) {
            cell.with("span", " not for that name", "class", "bad");
        }
    }

    private static boolean isSelfSigned(Ssl ssl) {
        return ssl.subject() != null && ssl.subject().equals(ssl.issuer());
    }

    /// Whether somebody should look: a certificate that nobody vouches for, or for another name.
    private static boolean isOdd(Ssl ssl) {
        return isSelfSigned(ssl) || Boolean.FALSE.equals(ssl.sni_matches_cert());
    }

    private static String openedBy(Ssl ssl) {
        String cipher = ssl.cipher();
        if (cipher == null) {
            return "not known: no answer seen";
        }
        return cipher.startsWith("TLS_RSA_WITH")
                ? "the server's RSA key, or a key log"
                : "a key log of either end";
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
