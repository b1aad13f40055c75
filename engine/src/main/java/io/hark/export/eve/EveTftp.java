package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.TftpDetail;

/// A TFTP request.
public final class EveTftp implements EveMapping<TftpDetail> {

    private static final Key TFTP = new Key("tftp");
    private static final Key PACKET = new Key("packet");
    private static final Key FILE = new Key("file");
    private static final Key MODE = new Key("mode");

    /// The mapping.
    public EveTftp() {}

    @Override
    public Class<TftpDetail> kind() {
        return TftpDetail.class;
    }

    @Override
    public void write(TftpDetail tftp, EveLines out) {
        JsonWriter json = out.begin("tftp", tftp.ts(), tftp, EveLines.UDP, false).object(TFTP);
        json.text(PACKET, tftp.wrq() ? "write" : "read");
        json.text(FILE, tftp.fname()).text(MODE, tftp.mode()).end();
        out.end();
    }
}
