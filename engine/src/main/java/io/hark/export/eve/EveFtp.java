package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.FtpDetail;

/// An FTP command and its replies.
public final class EveFtp implements EveMapping<FtpDetail> {

    private static final Key TX_ID = new Key("tx_id");
    private static final Key FTP = new Key("ftp");
    private static final Key COMMAND = new Key("command");
    private static final Key COMMAND_DATA = new Key("command_data");
    private static final Key COMMAND_TRUNCATED = new Key("command_truncated");
    private static final Key DYNAMIC_PORT = new Key("dynamic_port");
    private static final Key MODE = new Key("mode");
    private static final Key COMPLETION_CODE = new Key("completion_code");
    private static final Key REPLY = new Key("reply");
    private static final Key REPLY_RECEIVED = new Key("reply_received");
    private static final Key REPLY_TRUNCATED = new Key("reply_truncated");

    /// The mapping.
    public EveFtp() {}

    @Override
    public Class<FtpDetail> kind() {
        return FtpDetail.class;
    }

    @Override
    public void write(FtpDetail ftp, EveLines out) {
        JsonWriter json = out.begin("ftp", ftp.ts(), ftp, EveLines.TCP, false);
        json.number(TX_ID, ftp.number()).object(FTP);
        json.text(COMMAND, ftp.command()).text(COMMAND_DATA, ftp.arg());
        json.flag(COMMAND_TRUNCATED, ftp.command_cut());
        json.texts(COMPLETION_CODE, ftp.reply_codes()).texts(REPLY, ftp.replies());
        json.number(DYNAMIC_PORT, ftp.data_port());
        if (ftp.passive() != null) {
            json.text(MODE, ftp.passive() ? "passive" : "active");
        }
        json.text(REPLY_RECEIVED, ftp.replies().isEmpty() ? "no" : "yes");
        json.flag(REPLY_TRUNCATED, ftp.reply_cut()).end();
        out.end();
    }
}
