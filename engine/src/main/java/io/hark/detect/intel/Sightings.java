package io.hark.detect.intel;

import io.hark.detect.intel.Sighting.Nearness;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.FileSeen;
import io.hark.event.Http;
import io.hark.event.OfConnection;
import io.hark.event.Smtp;
import io.hark.event.Ssl;
import io.hark.intel.Indicator;
import io.hark.intel.Indicator.Kind;
import io.hark.intel.Intel;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for indicators in the places of an event where they mean something.
///
/// *Thread*: one owner; one event after the other.
final class Sightings {

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern MAILBOX =
            Pattern.compile("([^\\s<>@,;\"]{1,64}+)@([A-Za-z0-9.-]{1,253}+)");

    private final Intel intel;
    private final Endpoints id;
    private final List<Sighting> found = new ArrayList<>(2);

    private Sightings(Intel intel, Endpoints id) {
        this.intel = intel;
        this.id = id;
    }

    /// All that are in the event.
    static List<Sighting> in(OfConnection event, Intel intel) {
        if (intel.isEmpty()) {
            return List.of();
        }
        Sightings sightings = new Sightings(intel, event.id());
        switch (event) {
            case Conn conn -> {
                sightings.ends(conn.respPayload() > 0, conn.origPayload() > 0);
                boolean spoken = conn.origPayload() > 0 && conn.respPayload() > 0;
                sightings.name(conn.resp_name(), "name of the host called", nearness(spoken));
            }
            case ConnUpdate open -> sightings.ends(open.resp_bytes() > 0, open.orig_bytes() > 0);
            case Dns dns -> sightings.dns(dns);
            case Http http -> sightings.http(http);
            case Ssl ssl -> sightings.ssl(ssl);
            case FileSeen file -> sightings.file(file);
            case Smtp mail -> sightings.mail(mail);
            default -> {} // nothing else names what lists hold
        }
        return sightings.found;
    }

    private static Nearness nearness(boolean spoken) {
        return spoken ? Nearness.SPOKEN : Nearness.NAMED;
    }

    private void add(@Nullable Indicator indicator, String where, Nearness nearness) {
        if (indicator != null) {
            found.add(new Sighting(indicator, id.orig_h(), id, where, nearness));
        }
    }

    private void ends(boolean answered, boolean asked) {
        add(intel.address(id.resp_h()), "address called", nearness(answered && asked));
        Indicator caller = intel.address(id.orig_h());
        if (caller != null) { // the one called is whom it is about
            Nearness nearness = answered && asked ? Nearness.NAMED : Nearness.KNOCKED;
            found.add(new Sighting(caller, id.resp_h(), id, "address that called", nearness));
        }
    }

    private void name(@Nullable String name, String where, Nearness nearness) {
        if (name != null) {
            add(intel.domain(name), where, nearness);
        }
    }

    private void dns(Dns dns) {
        name(dns.query(), "name asked for", Nearness.NAMED);
        List<String> answers = dns.answers();
        if (answers != null) {
            for (String answer : answers) {
                Addr addr = Addr.parse(answer);
                if (addr == null) {
                    name(answer, "name in an answer", Nearness.NAMED);
                } else {
                    add(intel.address(addr), "address in an answer", Nearness.NAMED);
                }
            }
        }
    }

    private void http(Http http) {
        Nearness nearness = nearness(http.status_code() != null);
        String host = http.host();
        if (host != null) {
            String bare = PORT.matcher(host).replaceFirst("");
            name(bare, "Host of a request", nearness);
            Addr addr = Addr.parse(bare);
            if (addr != null && !addr.equals(id.resp_h())) {
                add(intel.address(addr), "Host of a request", nearness);
            }
        }
        String uri = http.uri();
        if (uri != null) {
            add(intel.url(host, uri), "URL of a request", nearness);
        }
    }

    private void ssl(Ssl ssl) {
        Nearness nearness = nearness(ssl.established());
        name(ssl.server_name(), "TLS server name", nearness);
        exact(Kind.JA3, ssl.ja3(), "client hello", Nearness.ALIKE);
        exact(Kind.JA4, ssl.ja4(), "client hello", Nearness.ALIKE);
        exact(Kind.JA3S, ssl.ja3s(), "server hello", Nearness.ALIKE);
        exact(Kind.HASH, ssl.cert_sha1(), "certificate", nearness);
        certificates(ssl.cert_chain_fps(), nearness);
        certificates(ssl.client_cert_chain_fps(), nearness);
    }

    private void certificates(@Nullable List<String> digests, Nearness nearness) {
        if (digests != null) {
            digests.forEach(digest -> exact(Kind.HASH, digest, "certificate", nearness));
        }
    }

    private void exact(Kind kind, @Nullable String value, String where, Nearness nearness) {
        if (value != null) {
            add(intel.exact(kind, value), where, nearness);
        }
    }

    private void file(FileSeen file) {
        String where = file.is_orig() ? "file sent" : "file received";
        exact(Kind.HASH, file.md5(), where, Nearness.SPOKEN);
        exact(Kind.HASH, file.sha1(), where, Nearness.SPOKEN);
        exact(Kind.HASH, file.sha256(), where, Nearness.SPOKEN);
    }

    private void mail(Smtp mail) {
        mailboxes(mail.mailfrom(), "sender of a mail");
        mailboxes(mail.from(), "sender of a mail");
        mailboxes(mail.reply_to(), "Reply-To of a mail");
        List<String> recipients = mail.rcptto();
        if (recipients != null) {
            recipients.forEach(one -> mailboxes(one, "recipient of a mail"));
        }
        Addr origin = mail.x_originating_ip();
        if (origin != null) {
            add(intel.address(origin), "origin of a mail", Nearness.NAMED);
        }
    }

    private void mailboxes(@Nullable String text, String where) {
        if (text == null) {
            return;
        }
        Matcher mailbox = MAILBOX.matcher(text);
        while (mailbox.find()) {
            exact(Kind.EMAIL, mailbox.group(), where, Nearness.NAMED);
            name(mailbox.group(2), where, Nearness.NAMED);
        }
    }
}
