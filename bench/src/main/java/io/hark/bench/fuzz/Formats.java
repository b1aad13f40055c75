package io.hark.bench.fuzz;

import io.hark.bytes.Bytes;
import io.hark.bytes.Visible;
import io.hark.format.Mime;
import io.hark.format.asn1.Der;
import io.hark.format.dns.DnsMessage;
import io.hark.format.gss.GssToken;
import io.hark.format.hpack.QpackReader;
import io.hark.format.kerberos.KerberosMessage;
import io.hark.format.mail.MailReader;
import io.hark.format.ntlm.NtlmMessage;
import io.hark.format.tls.CertificateList;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import io.hark.format.tlscrypt.KeyLog;
import io.hark.format.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The formats that lie deep in protocols, read by themselves: what a parser would need many right
/// octets for is reached at once.
final class Formats {

    private static final int MAX_DEPTH = 64; // elements in one another: as far as anybody looks

    private Formats() {}

    /// Each by its name.
    static Map<String, Target> all() {
        Map<String, Target> all = new TreeMap<>();
        all.put("asn1", input -> walk(new Der(input, 0, input.length), 0));
        all.put("x509", Formats::certificate);
        all.put("dns", input -> DnsMessage.readAll(Bytes.of(input)));
        all.put("kerberos", input -> KerberosMessage.read(new Der(input, 0, input.length)));
        all.put("gss", input -> GssToken.read(Bytes.of(input)));
        all.put("ntlm", input -> NtlmMessage.read(Bytes.of(input)));
        all.put("mime", input -> Mime.of(Bytes.of(input)));
        all.put("mail", Formats::mail);
        all.put("tls", Formats::hellos);
        all.put("keylog", input -> KeyLog.parse(new String(input, StandardCharsets.ISO_8859_1)));
        all.put("visible", Formats::visible);
        all.put("qpack", Formats::qpack);
        return all;
    }

    private static void walk(Der level, int depth) {
        while (level.next()) {
            level.number();
            level.object();
            level.text(64);
            if (depth < MAX_DEPTH) {
                walk(level.inside(), depth + 1);
            }
        }
    }

    private static void certificate(byte[] input) {
        Certificate certificate = Certificate.read(input);
        if (certificate != null) {
            certificate.commonName();
        }
    }

    private static void hellos(byte[] input) {
        ClientHello.read(Bytes.of(input), false);
        ClientHello.read(Bytes.of(input), true);
        ClientHello.readV2(Bytes.of(input));
        ServerHello.read(Bytes.of(input));
        CertificateList.read(Bytes.of(input), false).forEach(Formats::certificate);
        CertificateList.read(Bytes.of(input), true);
    }

    /// Instructions and blocks by turns, each behind its length.
    private static void qpack(byte[] input) {
        QpackReader reader = new QpackReader();
        Bytes in = Bytes.of(input);
        reader.capacity(in.u16());
        while (in.remaining() > 0) {
            reader.learn(Bytes.of(in.take(Math.min(in.u8(), in.remaining()))));
            Bytes block = Bytes.of(in.take(Math.min(in.u8(), in.remaining())));
            if (reader.canRead(block)) {
                reader.read(block, (_, _) -> {});
            }
        }
    }

    private static void mail(byte[] input) {
        MailReader reader = new MailReader(new Ears());
        int from = 0;
        for (int at = 0; at < input.length; at++) {
            if (input[at] == '\n') {
                reader.line(new Bytes().wrap(input, from, at - from));
                from = at + 1;
            }
        }
        reader.lose(1);
        reader.end();
    }

    private static void visible(byte[] input) {
        String shown = Visible.line(new String(input, StandardCharsets.UTF_8));
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                throw new IllegalStateException("a control character stays at " + i);
            }
        }
    }

    /// Listens to a mail and forgets it.
    private static final class Ears implements MailReader.Sink {
        @Override
        public void header(String name, String value) {}

        @Override
        public void begin(@Nullable String filename) {}

        @Override
        public void content(Bytes piece) {}

        @Override
        public void lost(long octets) {}

        @Override
        public void end() {}

        @Override
        public void anomaly(String name) {}
    }
}
