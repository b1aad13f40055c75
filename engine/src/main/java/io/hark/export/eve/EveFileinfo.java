package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.FileSeen;
import io.hark.event.FileSeen.Carrier;
import org.jspecify.annotations.Nullable;

/// A file that went by: `fileinfo`, and `ftp_data` beside it where a data connection was it. A file
/// without a name of its own is called by the path that was asked for.
public final class EveFileinfo implements EveMapping<FileSeen> {

    private static final Key APP_PROTO = new Key("app_proto");
    private static final Key FTP_DATA = new Key("ftp_data");
    private static final Key COMMAND = new Key("command");
    private static final Key FILEINFO = new Key("fileinfo");
    private static final Key FILENAME = new Key("filename");
    private static final Key GAPS = new Key("gaps");
    private static final Key STATE = new Key("state");
    private static final Key MD5 = new Key("md5");
    private static final Key SHA1 = new Key("sha1");
    private static final Key SHA256 = new Key("sha256");
    private static final Key STORED = new Key("stored");
    private static final Key SIZE = new Key("size");
    private static final Key START = new Key("start");
    private static final Key END = new Key("end");
    private static final Key TX_ID = new Key("tx_id");

    /// The mapping.
    public EveFileinfo() {}

    @Override
    public Class<FileSeen> kind() {
        return FileSeen.class;
    }

    @Override
    public void write(FileSeen file, EveLines out) {
        Carrier carrier = file.carrier();
        String application = application(file.source(), carrier);
        if (application == null) {
            return;
        }
        if (application.equals("ftp-data")) {
            JsonWriter json = out.begin("ftp_data", file.ts(), file, EveLines.TCP, false);
            json.object(FTP_DATA).text(FILENAME, file.filename());
            json.text(COMMAND, carrier.method()).end();
            out.end();
        }
        JsonWriter json = out.begin("fileinfo", file.seen(), file, EveLines.TCP, !file.is_orig());
        if (application.equals("http")) {
            EveHttp.carrier(carrier, file.is_orig() ? 0 : file.seen_bytes(), json);
        }
        json.text(APP_PROTO, application).object(FILEINFO);
        json.text(FILENAME, name(file));
        json.flag(GAPS, file.missing_bytes() > 0)
                .text(STATE, isWhole(file) ? "CLOSED" : "TRUNCATED");
        json.text(MD5, file.md5()).text(SHA1, file.sha1()).text(SHA256, file.sha256());
        json.flag(STORED, file.extracted() != null)
                .number(SIZE, file.seen_bytes() + file.missing_bytes());
        range(carrier.content_range(), json);
        json.number(TX_ID, carrier.depth() == null ? 0 : carrier.depth() - 1).end();
        out.end();
    }

    private static void range(@Nullable String header, JsonWriter json) {
        ContentRange range = header == null ? null : ContentRange.of(header);
        if (range != null) {
            json.number(START, range.first()).number(END, range.last());
        }
    }

    /// Null where Suricata tells of no file: certificates, and lists of folders.
    private static @Nullable String application(String source, Carrier carrier) {
        return switch (source) {
            case "HTTP" -> "http";
            case "FTP_DATA" ->
                    "RETR".equals(carrier.method()) || "STOR".equals(carrier.method())
                            ? "ftp-data"
                            : null;
            case "SMTP" -> "smtp";
            case "SMB" -> "smb";
            default -> null;
        };
    }

    private static String name(FileSeen file) {
        String uri = file.carrier().uri();
        if (file.filename() != null) {
            return file.filename();
        } else if (uri == null) {
            return "";
        }
        int scheme = uri.indexOf("://");
        int path = scheme < 0 ? 0 : Math.max(0, uri.indexOf('/', scheme + 3));
        int query = uri.indexOf('?');
        return uri.substring(path, query < path ? uri.length() : query);
    }

    private static boolean isWhole(FileSeen file) {
        return file.missing_bytes() == 0
                && (file.total_bytes() == null || file.seen_bytes() >= file.total_bytes());
    }
}
