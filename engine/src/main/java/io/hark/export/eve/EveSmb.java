package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.SmbDetail;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An SMB request and its answer.
public final class EveSmb implements EveMapping<SmbDetail> {

    private static final Key SMB = new Key("smb");
    private static final Key ID = new Key("id");
    private static final Key DIALECT = new Key("dialect");
    private static final Key COMMAND = new Key("command");
    private static final Key STATUS = new Key("status");
    private static final Key STATUS_CODE = new Key("status_code");
    private static final Key SESSION_ID = new Key("session_id");
    private static final Key TREE_ID = new Key("tree_id");
    private static final Key SHARE = new Key("share");
    private static final Key NAMED_PIPE = new Key("named_pipe");
    private static final Key SHARE_TYPE = new Key("share_type");
    private static final Key FILENAME = new Key("filename");
    private static final Key DIRECTORY = new Key("directory");
    private static final Key FUID = new Key("fuid");
    private static final Key DISPOSITION = new Key("disposition");
    private static final Key ACCESS = new Key("access");
    private static final Key CREATED = new Key("created");
    private static final Key ACCESSED = new Key("accessed");
    private static final Key MODIFIED = new Key("modified");
    private static final Key CHANGED = new Key("changed");
    private static final Key SIZE = new Key("size");
    private static final Key RENAME = new Key("rename");
    private static final Key FROM = new Key("from");
    private static final Key TO = new Key("to");
    private static final Key SET_INFO = new Key("set_info");
    private static final Key CLASS = new Key("class");
    private static final Key INFO_LEVEL = new Key("info_level");
    private static final Key NTLMSSP = new Key("ntlmssp");
    private static final Key DOMAIN = new Key("domain");
    private static final Key USER = new Key("user");
    private static final Key HOST = new Key("host");
    private static final Key VERSION = new Key("version");

    private static final int TREE_CONNECT = 3;
    private static final int CREATE = 5;
    private static final int PIPE = 2;
    private static final long SECOND = 1_000_000_000;
    private static final int MULTI_PROTOCOL = 0x2ff; // agreed by SMB 1 to speak SMB 2

    private static final String[] COMMANDS = {
        "NEGOTIATE_PROTOCOL",
        "SESSION_SETUP",
        "SESSION_LOGOFF",
        "TREE_CONNECT",
        "TREE_DISCONNECT",
        "CREATE",
        "CLOSE",
        "FLUSH",
        "READ",
        "WRITE",
        "LOCK",
        "IOCTL",
        "CANCEL",
        "KEEPALIVE",
        "FIND",
        "NOTIFY",
        "GET_INFO",
        "SET_INFO",
        "BREAK"
    };
    private static final String[] DISPOSITIONS = {
        "FILE_SUPERSEDE",
        "FILE_OPEN",
        "FILE_CREATE",
        "FILE_OPEN_IF",
        "FILE_OVERWRITE",
        "FILE_OVERWRITE_IF"
    };
    private static final String[] SHARE_TYPES = {"UNKNOWN", "FILE", "PIPE", "PRINT"};

    /// The mapping.
    public EveSmb() {}

    @Override
    public Class<SmbDetail> kind() {
        return SmbDetail.class;
    }

    @Override
    public void write(SmbDetail smb, EveLines out) {
        JsonWriter json = out.begin("smb", smb.ts(), smb, EveLines.TCP, false).object(SMB);
        json.number(ID, smb.number()).text(DIALECT, dialect(smb.dialect()));
        json.text(COMMAND, "SMB2_COMMAND_" + name(COMMANDS, smb.command(), "UNKNOWN"));
        if (smb.status() != null) {
            json.text(STATUS, status(smb.status()));
            json.text(STATUS_CODE, "0x" + Long.toHexString(smb.status()));
        }
        json.number(SESSION_ID, smb.session_id()).number(TREE_ID, smb.tree_id());
        if (smb.command() == CREATE) {
            create(smb, json);
        } else if (smb.command() == TREE_CONNECT) {
            Integer type = smb.share_type();
            boolean isPipe = type != null && type == PIPE;
            json.text(isPipe ? NAMED_PIPE : SHARE, smb.share());
            json.text(SHARE_TYPE, type == null ? null : name(SHARE_TYPES, type, "UNKNOWN"));
        } else if (smb.renamed() != null) {
            json.object(SET_INFO).text(CLASS, "FILE_INFO");
            json.text(INFO_LEVEL, "SMB2_FILE_RENAME_INFO").end();
            json.object(RENAME).text(FROM, smb.filename()).text(TO, smb.renamed()).end();
            json.text(FUID, smb.fuid());
        } else {
            json.text(FILENAME, smb.filename()).text(SHARE, smb.share()).text(FUID, smb.fuid());
        }
        if (smb.ntlm_user() != null || smb.ntlm_version() != null) { // nobody has no name
            json.object(NTLMSSP).text(DOMAIN, told(smb.ntlm_domain()));
            json.text(USER, told(smb.ntlm_user())).text(HOST, told(smb.ntlm_host()));
            json.text(VERSION, smb.ntlm_version()).end();
        }
        json.end();
        out.end();
    }

    private static void create(SmbDetail smb, JsonWriter json) {
        String name = smb.filename();
        if (name == null || name.isEmpty()) {
            json.text(FILENAME, "<share_root>");
        } else {
            json.text(smb.directory() ? DIRECTORY : FILENAME, name);
        }
        if (smb.disposition() != null) {
            json.text(DISPOSITION, name(DISPOSITIONS, smb.disposition(), "UNKNOWN"));
        }
        json.text(ACCESS, smb.delete_on_close() ? "delete on close" : "normal");
        json.number(CREATED, smb.created() / SECOND).number(ACCESSED, smb.accessed() / SECOND);
        json.number(MODIFIED, smb.modified() / SECOND).number(CHANGED, smb.changed() / SECOND);
        json.number(SIZE, smb.size() == null ? 0 : smb.size());
        json.text(FUID, smb.fuid());
    }

    private static String told(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String name(String[] names, int number, String other) {
        return number >= 0 && number < names.length ? names[number] : other;
    }

    /// Its two octets as a version: 0x0302 is `3.02`.
    private static String dialect(int dialect) {
        return switch (dialect) {
            case 0 -> "unknown";
            case MULTI_PROTOCOL -> "2.??";
            default -> String.format(Locale.ROOT, "%x.%02x", dialect >> 8, dialect & 0xff);
        };
    }

    /// The name of a status, or its number. *Source*: MS-ERREF §2.3.1, those that servers send.
    private static String status(long status) {
        String name = nameOf((int) status);
        return name == null ? Long.toString(status) : "STATUS_" + name;
    }

    private static @Nullable String nameOf(int status) {
        return switch (status) {
            case 0 -> "SUCCESS";
            case 0x103 -> "PENDING";
            case 0x10b -> "NOTIFY_CLEANUP";
            case 0x10c -> "NOTIFY_ENUM_DIR";
            case 0x8000_0005 -> "BUFFER_OVERFLOW";
            case 0x8000_0006 -> "NO_MORE_FILES";
            case 0xc000_0002 -> "NOT_IMPLEMENTED";
            case 0xc000_0003 -> "INVALID_INFO_CLASS";
            case 0xc000_0008 -> "INVALID_HANDLE";
            case 0xc000_000d -> "INVALID_PARAMETER";
            case 0xc000_000f -> "NO_SUCH_FILE";
            case 0xc000_0010 -> "INVALID_DEVICE_REQUEST";
            case 0xc000_0011 -> "END_OF_FILE";
            case 0xc000_0016 -> "MORE_PROCESSING_REQUIRED";
            case 0xc000_0022 -> "ACCESS_DENIED";
            case 0xc000_0023 -> "BUFFER_TOO_SMALL";
            case 0xc000_0033 -> "OBJECT_NAME_INVALID";
            case 0xc000_0034 -> "OBJECT_NAME_NOT_FOUND";
            case 0xc000_0035 -> "OBJECT_NAME_COLLISION";
            case 0xc000_003a -> "OBJECT_PATH_NOT_FOUND";
            case 0xc000_0043 -> "SHARING_VIOLATION";
            case 0xc000_0054 -> "FILE_LOCK_CONFLICT";
            case 0xc000_0055 -> "LOCK_NOT_GRANTED";
            case 0xc000_0056 -> "DELETE_PENDING";
            case 0xc000_0061 -> "PRIVILEGE_NOT_HELD";
            case 0xc000_006d -> "LOGON_FAILURE";
            case 0xc000_006e -> "ACCOUNT_RESTRICTION";
            case 0xc000_0071 -> "PASSWORD_EXPIRED";
            case 0xc000_0072 -> "ACCOUNT_DISABLED";
            case 0xc000_009a -> "INSUFFICIENT_RESOURCES";
            case 0xc000_00ac -> "PIPE_NOT_AVAILABLE";
            case 0xc000_00b0 -> "PIPE_DISCONNECTED";
            case 0xc000_00ba -> "FILE_IS_A_DIRECTORY";
            case 0xc000_00bb -> "NOT_SUPPORTED";
            case 0xc000_00c9 -> "NETWORK_NAME_DELETED";
            case 0xc000_00cc -> "BAD_NETWORK_NAME";
            case 0xc000_00d0 -> "REQUEST_NOT_ACCEPTED";
            case 0xc000_0101 -> "DIRECTORY_NOT_EMPTY";
            case 0xc000_0103 -> "NOT_A_DIRECTORY";
            case 0xc000_0120 -> "CANCELLED";
            case 0xc000_0128 -> "FILE_CLOSED";
            case 0xc000_0184 -> "INVALID_DEVICE_STATE";
            case 0xc000_0203 -> "USER_SESSION_DELETED";
            case 0xc000_0225 -> "NOT_FOUND";
            case 0xc000_0234 -> "ACCOUNT_LOCKED_OUT";
            case 0xc000_0257 -> "PATH_NOT_COVERED";
            case 0xc000_035c -> "NETWORK_SESSION_EXPIRED";
            default -> null;
        };
    }
}
