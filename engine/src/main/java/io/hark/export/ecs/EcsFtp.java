package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Ftp;
import java.util.List;
import java.util.Map;

/// An FTP command and its reply.
public final class EcsFtp implements EcsMapping<Ftp> {

    private static final int FIRST_ERROR = 400;

    private static final Key PROTOCOL = new Key("network.protocol");
    private static final Key OUTCOME = new Key("event.outcome");

    /// The mapping.
    public EcsFtp() {}

    @Override
    public Class<Ftp> kind() {
        return Ftp.class;
    }

    @Override
    public List<String> types() {
        return List.of("protocol", "access");
    }

    @Override
    public String action() {
        return "ftp-command";
    }

    @Override
    public Map<String, String> fields() {
        return Map.of(
                "user", "user.name",
                "mime_type", "file.mime_type",
                "file_size", "file.size");
    }

    @Override
    public void more(Ftp ftp, JsonWriter out) {
        out.text(PROTOCOL, "ftp");
        if (ftp.reply_code() != null) {
            out.text(OUTCOME, ftp.reply_code() < FIRST_ERROR ? "success" : "failure");
        }
    }
}
