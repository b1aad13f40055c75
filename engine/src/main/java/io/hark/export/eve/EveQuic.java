package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Quic;

/// A QUIC connection's first hello.
public final class EveQuic implements EveMapping<Quic> {

    private static final Key QUIC = new Key("quic");
    private static final Key VERSION = new Key("version");
    private static final Key SNI = new Key("sni");
    private static final Key UA = new Key("ua");
    private static final Key JA3 = new Key("ja3");
    private static final Key HASH = new Key("hash");
    private static final Key JA4 = new Key("ja4");

    /// The mapping.
    public EveQuic() {}

    @Override
    public Class<Quic> kind() {
        return Quic.class;
    }

    @Override
    public void write(Quic quic, EveLines out) {
        JsonWriter json = out.begin("quic", quic.ts(), quic, EveLines.UDP, false).object(QUIC);
        json.text(VERSION, quic.version()).text(SNI, quic.server_name());
        json.text(UA, quic.user_agent());
        if (quic.ja3() != null) {
            json.object(JA3).text(HASH, quic.ja3()).end();
        }
        json.text(JA4, quic.ja4()).end();
        out.end();
    }
}
