package io.hark.parse.smb;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.gss.Logon;
import io.hark.parse.smb.SmbFiles.FileId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SMB 1: pairs requests and answers, and follows shares, files and pipes.
///
/// ```
/// ff "SMB" · command 1 · status 4 · flags 1 · flags 2 · process 2 · signature 8 · 2 · tree 2 ·
/// process 2 · user 2 · message 2 · words 1 · words … · octets 2 · octets …
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: MS-CIFS §2.2, MS-SMB §2.2.
final class Smb1Talk {

    private static final int DELETE = 0x06;
    private static final int RENAME = 0x07;
    private static final int CLOSE = 0x04;
    private static final int TRANSACTION = 0x25;
    private static final int READ = 0x2e;
    private static final int WRITE = 0x2f;
    private static final int SESSION_SETUP = 0x73;
    private static final int TREE_CONNECT = 0x75;
    private static final int TREE_DISCONNECT = 0x71;
    private static final int CREATE = 0xa2;

    private static final int COMMAND_AT = 4;
    private static final int STATUS_AT = 5;
    private static final int FLAGS_AT = 9;
    private static final int FLAGS2_AT = 10;
    private static final int TREE_AT = 24;
    private static final int MESSAGE_AT = 30;
    private static final int WORDS_AT = 33;
    private static final int HEADER = 32;
    private static final int LONG_HEAD = HEADER + 32; // words of a read or a write, and what pads

    private static final int ANSWER = 0x80;
    private static final int UNICODE = 0x8000;
    private static final int EXTENDED = 0x0800;
    private static final long MORE_PROCESSING = 0xc000_0016L;
    private static final int DELETE_ON_CLOSE = 0x1000;
    private static final int NONE = 0xffff;
    private static final int MAX_ASKED = 256; // message ids have 16 bits; the oldest is forgotten

    private final Connection connection;
    private final SmbFiles files;
    private final Logon logon;
    private final Map<Integer, Asked> asked = new LinkedHashMap<>(4);

    /// A request without its answer.
    private record Asked(
            int command, long ts, long tree, int file, String text, String other, long offset) {}

    Smb1Talk(Connection connection, SmbFiles files, Logon logon) {
        this.connection = connection;
        this.files = files;
        this.logon = logon;
    }

    /// Octets of a long message that are read as one.
    int head(Bytes in, int at) {
        int command = in.peek(at + COMMAND_AT);
        boolean answer = (in.peek(at + FLAGS_AT) & ANSWER) != 0;
        int words = at + WORDS_AT;
        int data =
                command == READ && answer
                        ? Little.u16(in, words + 12)
                        : command == WRITE && !answer ? Little.u16(in, words + 22) : LONG_HEAD;
        return Math.clamp(data, LONG_HEAD, LONG_HEAD + 48);
    }

    /// Reads a message, or the head of one behind which `rest` bytes of data come; answers the body
    /// that they belong to.
    @Nullable Body message(Bytes in, Side side, int rest) {
        if (in.length() <= WORDS_AT) {
            return null;
        }
        boolean answer = (in.peek(FLAGS_AT) & ANSWER) != 0;
        return answer ? answer(in, side, rest) : request(in, side, rest);
    }

    private static boolean isUnicode(Bytes in) {
        return (Little.u16(in, FLAGS2_AT) & UNICODE) != 0;
    }

    private static int octetsAt(Bytes in) {
        return WORDS_AT + 2 * Little.u8(in, HEADER) + 2;
    }

    // ---- requests

    private @Nullable Body request(Bytes in, Side side, int rest) {
        int command = in.peek(COMMAND_AT);
        boolean unicode = isUnicode(in);
        int octets = octetsAt(in);
        int file = NONE;
        long offset = 0;
        String text = "";
        String other = "";
        Body body = null;
        switch (command) {
            case SESSION_SETUP -> setup(in, octets);
            case TREE_CONNECT -> {
                int path = padded(octets + Little.u16(in, WORDS_AT + 6), unicode);
                text = Little.text(in, path, in.length() - path, unicode);
                int behind = path + (text.length() + 1) * (unicode ? 2 : 1);
                other = Little.text(in, behind, in.length() - behind, false);
            }
            case CREATE -> {
                int length = Little.u16(in, WORDS_AT + 5);
                text = name(Little.text(in, padded(octets, unicode), length, unicode));
                offset = Little.u32(in, WORDS_AT + 39) & DELETE_ON_CLOSE;
            }
            case DELETE, RENAME -> {
                text = name(Little.text(in, padded(octets + 1, unicode), in.length(), unicode));
                int behind = padded(octets + 1, unicode) + (text.length() + 2) * 2 + 1;
                other = name(Little.text(in, padded(behind, unicode), in.length(), unicode));
            }
            case CLOSE -> file = Little.u16(in, WORDS_AT);
            case READ -> {
                file = Little.u16(in, WORDS_AT + 4);
                offset = Little.u32(in, WORDS_AT + 6) | high(in, 10, WORDS_AT + 16);
            }
            case WRITE -> {
                file = Little.u16(in, WORDS_AT + 4);
                offset = Little.u32(in, WORDS_AT + 6) | high(in, 14, WORDS_AT + 24);
                body = written(in, side, rest, file, offset);
            }
            case TRANSACTION -> {
                int setup = Little.u8(in, WORDS_AT + 26);
                file = setup >= 2 ? Little.u16(in, WORDS_AT + 30) : NONE;
                piped(in, file, Little.u16(in, WORDS_AT + 24), Little.u16(in, WORDS_AT + 22));
            }
            case TREE_DISCONNECT -> files.disconnected(Little.u16(in, TREE_AT));
            default -> {
                return null; // of no use, and not waited for
            }
        }
        if (asked.size() >= MAX_ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
        long tree = Little.u16(in, TREE_AT);
        asked.put(
                Little.u16(in, MESSAGE_AT),
                new Asked(command, connection.now(), tree, file, text, other, offset));
        return body;
    }

    /// The high half of an offset, where the message has words for it.
    private static long high(Bytes in, int words, int at) {
        return Little.u8(in, HEADER) > words - 1 && words > 10 || Little.u8(in, HEADER) == 12
                ? Little.u32(in, at) << 32
                : 0;
    }

    private static int padded(int at, boolean unicode) {
        return unicode && at % 2 != 0 ? at + 1 : at;
    }

    private static String name(String path) {
        return path.startsWith("\\") ? path.substring(1) : path;
    }

    private void setup(Bytes in, int octets) {
        boolean extended = (Little.u16(in, FLAGS2_AT) & EXTENDED) != 0;
        if (extended && Little.u8(in, HEADER) == 12) {
            token(in, octets, Little.u16(in, WORDS_AT + 14));
        }
    }

    private void token(Bytes in, int at, int length) {
        if (length > 0 && at + length <= in.length()) {
            logon.token(slice(in, at, length), connection.now());
        }
    }

    private @Nullable Body written(Bytes in, Side side, int rest, int id, long offset) {
        int at = Little.u16(in, WORDS_AT + 22);
        int length = Little.u16(in, WORDS_AT + 20) | Little.u16(in, WORDS_AT + 18) << 16;
        return data(in, side, rest, id, offset, at, length, false);
    }

    private @Nullable Body data(
            Bytes in,
            Side side,
            int rest,
            int id,
            long offset,
            int at,
            int length,
            boolean isRead) {
        OpenFile file = files.of(new FileId(0, id), Little.u16(in, TREE_AT));
        int there = Math.clamp(length, 0, Math.max(0, in.length() - at + rest));
        if (file.isPipe) {
            piped(in, id, at, there);
        } else if (rest > 0) {
            return file.at(files, side, isRead, offset, there);
        } else if (there > 0 && at >= HEADER) {
            file.take(files, side, isRead, offset, slice(in, at, there));
        }
        return null;
    }

    private void piped(Bytes in, int id, int at, int length) {
        if (id != NONE && at > HEADER && length > 0 && at < in.length()) {
            OpenFile pipe = files.of(new FileId(0, id), Little.u16(in, TREE_AT));
            files.piped(pipe, slice(in, at, Math.min(length, in.length() - at)));
        }
    }

    private static Bytes slice(Bytes in, int at, int length) {
        int n = Math.clamp(length, 0, Math.max(0, in.length() - at));
        return new Bytes().wrap(in.array(), in.base() + Math.min(at, in.length()), n);
    }

    // ---- answers

    private @Nullable Body answer(Bytes in, Side side, int rest) {
        long status = Little.u32(in, STATUS_AT);
        int command = in.peek(COMMAND_AT);
        Asked one = asked.remove(Little.u16(in, MESSAGE_AT));
        if (command == SESSION_SETUP) {
            if (Little.u8(in, HEADER) == 4) {
                token(in, octetsAt(in), Little.u16(in, WORDS_AT + 6));
            }
            if (status != MORE_PROCESSING) {
                logon.decided(status == 0, connection.now());
            }
            return null;
        }
        if (one == null || one.command != command || status != 0) {
            return null;
        }
        switch (command) {
            case TREE_CONNECT -> connected(in, one);
            case CREATE -> created(in, one);
            case CLOSE -> files.closed(new FileId(0, one.file));
            case DELETE -> files.deleted(new OpenFile(files.share(one.tree), one.text, false));
            case RENAME ->
                    files.renamed(new OpenFile(files.share(one.tree), one.text, false), one.other);
            case READ -> {
                int at = Little.u16(in, WORDS_AT + 12);
                int length = Little.u16(in, WORDS_AT + 10) | Little.u16(in, WORDS_AT + 14) << 16;
                return data(in, side, rest, one.file, one.offset, at, length, true);
            }
            case TRANSACTION ->
                    piped(
                            in,
                            one.file,
                            Little.u16(in, WORDS_AT + 14),
                            Little.u16(in, WORDS_AT + 12));
            default -> {}
        }
        return null;
    }

    private void connected(Bytes in, Asked one) {
        int octets = octetsAt(in);
        String service = Little.text(in, octets, in.length() - octets, false);
        boolean unicode = isUnicode(in);
        int behind = padded(octets + service.length() + 1, unicode);
        String fileSystem = Little.text(in, behind, in.length() - behind, unicode);
        String type =
                switch (service) {
                    case "IPC" -> "PIPE";
                    case "A:" -> "DISK";
                    case "LPT1:" -> "PRINT";
                    default -> null;
                };
        files.connected(
                Little.u16(in, TREE_AT),
                one.ts,
                one.text,
                service.isEmpty() ? null : service,
                fileSystem.isEmpty() ? null : fileSystem,
                type);
    }

    private void created(Bytes in, Asked one) {
        Share share = files.share(one.tree);
        boolean isPipe = share != null && Boolean.TRUE.equals(share.isPipe());
        OpenFile file = new OpenFile(share, one.text, isPipe);
        file.created = Little.time(in, WORDS_AT + 11);
        file.accessed = Little.time(in, WORDS_AT + 19);
        file.modified = Little.time(in, WORDS_AT + 27);
        file.changed = Little.time(in, WORDS_AT + 35);
        file.size = Little.u64(in, WORDS_AT + 55);
        file.deleteOnClose = one.offset != 0;
        files.opened(new FileId(0, Little.u16(in, WORDS_AT + 5)), file);
    }
}
