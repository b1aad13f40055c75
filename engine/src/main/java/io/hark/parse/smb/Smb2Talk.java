package io.hark.parse.smb;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.SmbDetail;
import io.hark.format.gss.Logon;
import io.hark.parse.smb.SmbFiles.FileId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SMB 2 and 3: pairs requests and answers, and follows shares, files and pipes.
///
/// ```
/// fe "SMB" · 64 2 · charge 2 · status 4 · command 2 · credits 2 · flags 4 · next 4 · message 8 ·
/// process 4 · tree 4 · session 8 · signature 16 · body; several in one where `next` is not 0
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: MS-SMB2 §2.2.
final class Smb2Talk {

    static final int HEADER = 64;

    /// Octets in which the data of a long read or write are sure to begin.
    static final int LONGEST_HEAD = HEADER + 48;

    private static final int SESSION_SETUP = 1;
    private static final int TREE_CONNECT = 3;
    private static final int TREE_DISCONNECT = 4;
    private static final int CREATE = 5;
    private static final int CLOSE = 6;
    private static final int READ = 8;
    private static final int WRITE = 9;
    private static final int IOCTL = 11;
    private static final int SET_INFO = 17;

    private static final int STATUS_AT = 8;
    private static final int COMMAND_AT = 12;
    private static final int FLAGS_AT = 16;
    private static final int NEXT_AT = 20;
    private static final int MESSAGE_AT = 24;
    private static final int TREE_AT = 36;

    private static final int ANSWER = 1;
    private static final long PENDING = 0x103;
    private static final long MORE_PROCESSING = 0xc000_0016L;
    private static final long BUFFER_OVERFLOW = 0x8000_0005L; // of a pipe: there is more
    private static final int PIPE_TRANSCEIVE = 0x0011_c017;
    private static final int DELETE_ON_CLOSE = 0x1000;
    private static final int RENAME = 10;
    private static final int DISPOSITION = 13;
    private static final int DISPOSITION_EX = 64;

    private static final int MAX_CHAIN = 64; // messages in one
    private static final int MAX_ASKED = 1024; // requests under way; the oldest is forgotten

    private final Connection connection;
    private final SmbFiles files;
    private final Logon logon;
    private final Map<Long, Asked> asked = new LinkedHashMap<>(4);
    private final Bytes part = new Bytes();
    private final @Nullable Smb2Exchanges exchanges;
    private FileId last = new FileId(0, 0);

    /// A request without its answer.
    private static final class Asked {
        private final int command;
        private final long ts;
        private final long tree;
        private @Nullable FileId file;
        private String text = "";
        private boolean flag;
        private int kind;
        private long offset;

        private Asked(int command, long ts, long tree) {
            this.command = command;
            this.ts = ts;
            this.tree = tree;
        }
    }

    Smb2Talk(Connection connection, SmbFiles files, Logon logon) {
        this.connection = connection;
        this.files = files;
        this.logon = logon;
        this.exchanges =
                connection.isWanted(SmbDetail.class) ? new Smb2Exchanges(connection) : null;
    }

    /// Octets of a long message that are read as one: up to its data, of a read or a write.
    int head(Bytes in, int at) {
        int command = Little.u16(in, at + COMMAND_AT);
        boolean answer = (in.peek(at + FLAGS_AT) & ANSWER) != 0;
        int data =
                command == READ && answer
                        ? Little.u8(in, at + HEADER + 2)
                        : command == WRITE && !answer ? Little.u16(in, at + HEADER + 2) : HEADER;
        return Math.clamp(data, HEADER, HEADER + 256);
    }

    /// Reads a message, or the head of one behind which `rest` bytes of data come; answers the body
    /// that they belong to.
    @Nullable Body message(Bytes in, Side side, int rest) {
        int at = 0;
        Body body = null;
        for (int i = 0; i < MAX_CHAIN && at + HEADER <= in.length(); i++) {
            int next = Little.size(in, at + NEXT_AT);
            boolean cut = next < HEADER || next > in.length() - at;
            part.wrap(in.array(), in.base() + at, cut ? in.length() - at : next);
            boolean answer = (part.peek(FLAGS_AT) & ANSWER) != 0;
            body = answer ? answer(part, side, rest) : request(part, side, rest);
            if (exchanges != null && answer) {
                exchanges.answer(part);
            } else if (exchanges != null) {
                exchanges.request(part);
            }
            if (cut) {
                break;
            }
            at += next;
        }
        return body;
    }

    // ---- requests

    private @Nullable Body request(Bytes in, Side side, int rest) {
        int command = Little.u16(in, COMMAND_AT);
        Asked one = new Asked(command, connection.now(), Little.u32(in, TREE_AT));
        Body body = null;
        switch (command) {
            case SESSION_SETUP -> token(in, HEADER + 12);
            case TREE_CONNECT -> one.text = text(in, HEADER + 4);
            case CREATE -> {
                one.text = text(in, HEADER + 44);
                one.flag = (Little.u32(in, HEADER + 40) & DELETE_ON_CLOSE) != 0;
            }
            case CLOSE -> one.file = id(in, HEADER + 8);
            case READ -> {
                one.file = id(in, HEADER + 16);
                one.offset = Little.u64(in, HEADER + 8);
            }
            case WRITE -> {
                one.file = id(in, HEADER + 16);
                body = written(in, side, one, rest);
            }
            case IOCTL -> {
                one.file = id(in, HEADER + 8);
                one.kind = (int) Little.u32(in, HEADER + 4);
                if (one.kind == PIPE_TRANSCEIVE) {
                    piped(in, one, Little.size(in, HEADER + 24), Little.size(in, HEADER + 28));
                }
            }
            case SET_INFO -> setInfo(in, one);
            case TREE_DISCONNECT -> files.disconnected(one.tree);
            default -> {
                return null; // of no use, and not waited for
            }
        }
        if (asked.size() >= MAX_ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
        asked.put(Little.u64(in, MESSAGE_AT), one);
        return body;
    }

    private void setInfo(Bytes in, Asked one) {
        one.file = id(in, HEADER + 16);
        one.kind = Little.u8(in, HEADER + 2) == 1 ? Little.u8(in, HEADER + 3) : 0;
        int at = Little.u16(in, HEADER + 8);
        switch (one.kind) {
            case RENAME -> {
                String to = Little.text(in, at + 20, Little.size(in, at + 16), true);
                one.text = to.startsWith("\\") ? to.substring(1) : to;
            }
            case DISPOSITION, DISPOSITION_EX -> one.flag = (Little.u8(in, at) & 1) != 0;
            default -> {}
        }
    }

    private @Nullable Body written(Bytes in, Side side, Asked one, int rest) {
        OpenFile file = file(one);
        int at = Little.u16(in, HEADER + 2);
        int length = Math.min(Little.size(in, HEADER + 4), in.length() - at + rest);
        if (files.isPipe(file, in, at, length)) {
            piped(in, one, at, length);
            return null;
        }
        long offset = Little.u64(in, HEADER + 8);
        if (rest > 0) {
            return file.at(files, side, false, offset, length);
        }
        if (length > 0 && at >= HEADER) {
            file.take(files, side, false, offset, slice(in, at, length));
        }
        return null;
    }

    // ---- answers

    private @Nullable Body answer(Bytes in, Side side, int rest) {
        long status = Little.u32(in, STATUS_AT);
        if (status == PENDING) {
            return null;
        }
        Asked one = asked.remove(Little.u64(in, MESSAGE_AT));
        int command = Little.u16(in, COMMAND_AT);
        if (command == SESSION_SETUP) {
            token(in, HEADER + 4);
            if (status != MORE_PROCESSING) {
                logon.decided(status == 0, connection.now());
            }
            return null;
        }
        if (one == null || one.command != command || status != 0 && status != BUFFER_OVERFLOW) {
            return null;
        }
        switch (command) {
            case TREE_CONNECT ->
                    files.connected(
                            Little.u32(in, TREE_AT),
                            one.ts,
                            one.text,
                            null,
                            null,
                            type(Little.u8(in, HEADER + 2)));
            case CREATE -> created(in, one);
            case CLOSE -> files.closed(idOf(one));
            case READ -> {
                return read(in, side, one, rest);
            }
            case IOCTL -> {
                if (one.kind == PIPE_TRANSCEIVE) {
                    piped(in, one, Little.size(in, HEADER + 32), Little.size(in, HEADER + 36));
                }
            }
            case SET_INFO -> {
                if (one.kind == RENAME) {
                    files.renamed(file(one), one.text);
                } else if (one.flag) {
                    files.deleted(file(one));
                }
            }
            default -> {}
        }
        return null;
    }

    private static @Nullable String type(int number) {
        return switch (number) {
            case 1 -> "DISK";
            case 2 -> "PIPE";
            case 3 -> "PRINT";
            default -> null;
        };
    }

    private void created(Bytes in, Asked one) {
        Share share = files.share(one.tree);
        boolean isPipe = share != null && Boolean.TRUE.equals(share.isPipe());
        OpenFile file = new OpenFile(share, one.text, isPipe);
        file.created = Little.time(in, HEADER + 8);
        file.accessed = Little.time(in, HEADER + 16);
        file.modified = Little.time(in, HEADER + 24);
        file.changed = Little.time(in, HEADER + 32);
        file.size = Little.u64(in, HEADER + 48);
        file.deleteOnClose = one.flag;
        last = new FileId(Little.u64(in, HEADER + 64), Little.u64(in, HEADER + 72));
        files.opened(last, file);
    }

    private @Nullable Body read(Bytes in, Side side, Asked one, int rest) {
        OpenFile file = file(one);
        int at = Little.u8(in, HEADER + 2);
        int length = Math.min(Little.size(in, HEADER + 4), in.length() - at + rest);
        if (file.isPipe) {
            piped(in, one, at, length);
            return null;
        }
        if (rest > 0) {
            return file.at(files, side, true, one.offset, length);
        }
        if (length > 0 && at >= HEADER) {
            file.take(files, side, true, one.offset, slice(in, at, length));
        }
        return null;
    }

    // ---- parts

    private void piped(Bytes in, Asked one, int at, int length) {
        if (at >= HEADER && length > 0 && at < in.length()) {
            OpenFile pipe = file(one);
            if (pipe.isPipe || one.command == IOCTL) {
                files.piped(pipe, slice(in, at, Math.min(length, in.length() - at)));
            }
        }
    }

    private static Bytes slice(Bytes in, int at, int length) {
        int n = Math.clamp(length, 0, Math.max(0, in.length() - at));
        return new Bytes().wrap(in.array(), in.base() + Math.min(at, in.length()), n);
    }

    private void token(Bytes in, int at) {
        int from = Little.u16(in, at);
        int length = Little.u16(in, at + 2);
        if (from >= HEADER && length > 0 && from + length <= in.length()) {
            logon.token(slice(in, from, length), connection.now());
        }
    }

    private static String text(Bytes in, int at) {
        return Little.text(in, Little.u16(in, at), Little.u16(in, at + 2), true);
    }

    private static FileId id(Bytes in, int at) {
        return new FileId(Little.u64(in, at), Little.u64(in, at + 8));
    }

    /// In a chain the file is the one that the message before it opened.
    private FileId idOf(Asked one) {
        FileId id = one.file;
        return id == null || id.persistent() == -1 && id.temporary() == -1 ? last : id;
    }

    private OpenFile file(Asked one) {
        return files.of(idOf(one), one.tree);
    }

    void close() {
        asked.clear();
        if (exchanges != null) {
            exchanges.close();
        }
    }
}
