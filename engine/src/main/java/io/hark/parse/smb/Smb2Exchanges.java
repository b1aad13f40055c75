package io.hark.parse.smb;

import static io.hark.parse.smb.Smb2Talk.HEADER;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.SmbDetail;
import io.hark.format.gss.GssToken;
import io.hark.format.ntlm.NtlmMessage;
import io.hark.parse.smb.SmbFiles.FileId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every request of SMB 2 with its answer, for logs that want them. Made only where one does.
///
/// *Thread*: the worker that owns the connection. *Source*: MS-SMB2 §2.2.
final class Smb2Exchanges {

    private static final int MAX_ASKED = 1024; // requests under way; the oldest is told
    private static final int MAX_KNOWN = 4096; // open files, shares; the oldest is forgotten
    private static final long PENDING = 0x103;
    private static final int DELETE_ON_CLOSE = 0x1000;
    private static final int DIRECTORY = 1;
    private static final int FILE_RENAME = 1 | 10 << 8; // type of information, and its class

    private static final int NEGOTIATE = 0;
    private static final int SESSION_SETUP = 1;
    private static final int TREE_CONNECT = 3;
    private static final int CREATE = 5;
    private static final int CLOSE = 6;
    private static final int READ = 8;
    private static final int WRITE = 9;
    private static final int CANCEL = 12;
    private static final int GET_INFO = 16;
    private static final int SET_INFO = 17;
    private static final int PIPE = 2; // type of a share

    private static final int STATUS_AT = 8;
    private static final int COMMAND_AT = 12;
    private static final int MESSAGE_AT = 24;
    private static final int TREE_AT = 36;
    private static final int SESSION_AT = 40;

    private final Connection connection;
    private final Map<Long, Asked> asked = new LinkedHashMap<>();
    private final Map<FileId, String> names = new LinkedHashMap<>();
    private final Map<Long, Share> shares = new LinkedHashMap<>();
    private final Map<Moved, Boolean> moved = new LinkedHashMap<>();
    private int count;
    private int dialect;

    /// A file of which that command moves bytes.
    private record Moved(FileId file, int command) {}

    /// A request without its answer.
    private static final class Asked {
        private final long ts;
        private final int number;
        private final int command;
        private long session;
        private long tree;
        private @Nullable String share;
        private @Nullable Integer shareType;
        private @Nullable String name;
        private boolean directory;
        private @Nullable FileId file;
        private @Nullable Integer disposition;
        private boolean deleteOnClose;
        private long created;
        private long accessed;
        private long modified;
        private long changed;
        private @Nullable Long size;
        private @Nullable String renamed;
        private @Nullable NtlmMessage logon;

        private Asked(long ts, int number, int command) {
            this.ts = ts;
            this.number = number;
            this.command = command;
        }
    }

    Smb2Exchanges(Connection connection) {
        this.connection = connection;
    }

    void request(Bytes in) {
        if (Little.u16(in, COMMAND_AT) == CANCEL) {
            return; // has the number of what it cancels, and no answer
        }
        Asked one = new Asked(connection.now(), ++count, Little.u16(in, COMMAND_AT));
        one.session = Little.u64(in, SESSION_AT);
        one.tree = Little.u32(in, TREE_AT);
        switch (one.command) {
            case SESSION_SETUP -> one.logon = logon(in);
            case TREE_CONNECT -> one.share = text(in, HEADER + 4);
            case CREATE -> {
                int options = (int) Little.u32(in, HEADER + 40);
                one.disposition = (int) Little.u32(in, HEADER + 36);
                one.directory = (options & DIRECTORY) != 0;
                one.deleteOnClose = (options & DELETE_ON_CLOSE) != 0;
                one.name = text(in, HEADER + 44);
            }
            case READ, WRITE -> of(one, id(in, HEADER + 16));
            case CLOSE -> one.file = id(in, HEADER + 8);
            case SET_INFO -> {
                if (Little.u16(in, HEADER + 2) == FILE_RENAME) {
                    of(one, id(in, HEADER + 16));
                    int at = Little.u16(in, HEADER + 8);
                    one.renamed = Little.text(in, at + 20, Little.size(in, at + 16), true);
                }
            }
            default -> {}
        }
        Asked before = asked.put(Little.u64(in, MESSAGE_AT), one);
        if (before != null) {
            emit(before, null);
        } else if (asked.size() > MAX_ASKED) {
            var eldest = asked.entrySet().iterator();
            emit(eldest.next().getValue(), null);
            eldest.remove();
        }
    }

    void answer(Bytes in) {
        long status = Little.u32(in, STATUS_AT);
        if (status == PENDING) {
            return;
        }
        int command = Little.u16(in, COMMAND_AT);
        if (command == NEGOTIATE && status == 0) {
            dialect = Little.u16(in, HEADER + 4);
        }
        Asked one = asked.remove(Little.u64(in, MESSAGE_AT));
        if (one == null && command == NEGOTIATE) {
            one = new Asked(connection.now(), ++count, command); // SMB 1 asked for it
        }
        if (one == null || one.command != command) {
            return; // an answer to a request that was not seen
        }
        if (one.session == 0) {
            one.session = Little.u64(in, SESSION_AT);
        }
        if (status == 0) {
            granted(one, in);
        }
        emit(one, status);
    }

    private void granted(Asked one, Bytes in) {
        switch (one.command) {
            case TREE_CONNECT -> {
                one.tree = Little.u32(in, TREE_AT);
                one.shareType = Little.u8(in, HEADER + 2);
                keep(
                        shares,
                        one.tree,
                        new Share(
                                Objects.requireNonNullElse(one.share, ""), one.shareType == PIPE));
            }
            case CREATE -> {
                one.created = Little.time(in, HEADER + 8);
                one.accessed = Little.time(in, HEADER + 16);
                one.modified = Little.time(in, HEADER + 24);
                one.changed = Little.time(in, HEADER + 32);
                one.size = Little.u64(in, HEADER + 48);
                one.file = id(in, HEADER + 64);
                if (one.name != null) {
                    keep(names, one.file, one.name);
                }
            }
            case CLOSE -> {
                if (one.file != null) {
                    names.remove(one.file);
                    moved.remove(new Moved(one.file, READ));
                    moved.remove(new Moved(one.file, WRITE));
                    one.file = null;
                }
            }
            default -> {}
        }
    }

    private void of(Asked one, FileId file) {
        one.file = file;
        one.name = names.get(file);
        Share share = shares.get(one.tree);
        one.share = share == null ? null : share.path();
    }

    private static <K, V> void keep(Map<K, V> known, K key, V value) {
        if (known.size() >= MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(key, value);
    }

    /// Whether Suricata has a line for it: of all reads, and of all writes, of a file it has one;
    /// of a pipe, one for each write, as the read behind it is its answer; none where the server
    /// tells or takes what is known of a file, but for its name.
    private boolean isTold(Asked one, @Nullable Long status) {
        return switch (one.command) {
            case GET_INFO -> false;
            case SET_INFO -> one.renamed != null;
            case READ, WRITE -> {
                Share share = shares.get(one.tree);
                if (share != null && Boolean.TRUE.equals(share.isPipe())) {
                    yield one.command == WRITE;
                }
                Moved bytes = new Moved(Objects.requireNonNull(one.file), one.command);
                boolean first = status != null && status == 0 && !moved.containsKey(bytes);
                if (first) {
                    keep(moved, bytes, true);
                }
                yield first;
            }
            default -> true;
        };
    }

    private void emit(Asked one, @Nullable Long status) {
        if (!isTold(one, status)) {
            return;
        }
        NtlmMessage logon = one.logon;
        connection.emit(
                new SmbDetail(
                        one.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        one.number,
                        dialect,
                        one.command,
                        status,
                        one.session,
                        one.tree,
                        one.share,
                        one.shareType,
                        one.name,
                        one.directory,
                        one.file == null || one.command == CLOSE ? null : guid(one.file),
                        one.disposition,
                        one.deleteOnClose,
                        one.created,
                        one.accessed,
                        one.modified,
                        one.changed,
                        one.size,
                        one.renamed,
                        logon == null ? null : logon.domain(),
                        logon == null ? null : logon.user(),
                        logon == null ? null : logon.host(),
                        logon == null ? null : logon.version()));
    }

    /// Tells what got no answer.
    void close() {
        asked.values().forEach(one -> emit(one, null));
        asked.clear();
    }

    // ---- parts

    private static @Nullable NtlmMessage logon(Bytes in) {
        int from = Little.u16(in, HEADER + 12);
        int length = Little.u16(in, HEADER + 14);
        if (from < HEADER || length <= 0 || from + length > in.length()) {
            return null;
        }
        GssToken token = GssToken.read(new Bytes().wrap(in.array(), in.base() + from, length));
        NtlmMessage ntlm = token == null ? null : token.ntlm();
        return ntlm == null || ntlm.type() != NtlmMessage.AUTHENTICATE ? null : ntlm;
    }

    private static String text(Bytes in, int at) {
        return Little.text(in, Little.u16(in, at), Little.u16(in, at + 2), true);
    }

    private static FileId id(Bytes in, int at) {
        return new FileId(Little.u64(in, at), Little.u64(in, at + 8));
    }

    /// In the form of a GUID, whose first three parts and, in pairs and fours, whose others are
    /// little endian.
    private static String guid(FileId file) {
        long a = file.persistent();
        long b = file.temporary();
        return String.format(
                Locale.ROOT,
                "%08x-%04x-%04x-%04x-%04x%08x",
                a & 0xffff_ffffL,
                a >>> 32 & 0xffff,
                a >>> 48,
                b & 0xffff,
                b >>> 16 & 0xffff,
                b >>> 32);
    }
}
