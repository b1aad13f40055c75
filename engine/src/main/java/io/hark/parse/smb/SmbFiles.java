package io.hark.parse.smb;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.SmbFile;
import io.hark.event.SmbMapping;
import io.hark.format.dcerpc.RpcTalk;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The shares and open files of one connection, whichever version of SMB speaks of them, and the
/// events made of them.
///
/// *Thread*: the worker that owns the connection.
final class SmbFiles {

    private static final int MAX_SHARES = 256; // connected at once; the oldest goes
    private static final int MAX_OPEN = 4096; // open at once; the oldest goes
    private static final int MAX_SAID = 256; // actions that are remembered, the oldest goes
    private static final long AGAIN_NANOS = 180_000_000_000L; // Zeek's three minutes
    private static final String ROOT = "<share_root>"; // Zeek's word for the share itself

    private final Connection connection;
    private final Map<Long, Share> shares = new LinkedHashMap<>(2);
    private final Map<Said, Long> said = new LinkedHashMap<>(4);
    private final Map<FileId, OpenFile> open = new LinkedHashMap<>(4);

    private record Said(
            String action,
            String path,
            String name,
            long size,
            @Nullable String fuid,
            long modified,
            long accessed,
            long created,
            long changed) {}

    /// The id of an open file; SMB 1 has the second half only.
    record FileId(long persistent, long temporary) {}

    SmbFiles(Connection connection) {
        this.connection = connection;
    }

    // ---- shares

    void connected(
            long tree,
            long asked,
            @Nullable String path,
            @Nullable String service,
            @Nullable String fileSystem,
            @Nullable String type) {
        if (shares.size() >= MAX_SHARES) {
            shares.remove(shares.keySet().iterator().next());
        }
        Boolean isPipe = type == null ? null : Boolean.valueOf(type.equals("PIPE"));
        shares.put(tree, new Share(path == null ? "" : path, isPipe));
        connection.emit(
                new SmbMapping(
                        asked,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        path,
                        service,
                        fileSystem,
                        type));
    }

    void disconnected(long tree) {
        shares.remove(tree);
    }

    @Nullable Share share(long tree) {
        return shares.get(tree);
    }

    // ---- files

    /// A file is open; the answer says what it is.
    OpenFile opened(FileId id, OpenFile file) {
        if (open.size() >= MAX_OPEN) {
            OpenFile oldest = open.remove(open.keySet().iterator().next());
            Objects.requireNonNull(oldest).end(connection.now());
        }
        open.put(id, file);
        if (!file.isPipe) {
            say(file, "SMB::FILE_OPEN", null);
        }
        return file;
    }

    /// The open file of that id; one of which nothing is known where it was opened unseen.
    OpenFile of(FileId id, long tree) {
        OpenFile known = open.get(id);
        if (known == null) {
            Share share = share(tree);
            boolean isPipe = share != null && Boolean.TRUE.equals(share.isPipe());
            known = new OpenFile(share, "", isPipe);
            if (open.size() < MAX_OPEN) {
                open.put(id, known);
            }
        }
        return known;
    }

    /// Whether what is written goes to a pipe: to one that was opened unseen, if it binds RPC.
    boolean isPipe(OpenFile file, Bytes in, int at, int length) {
        boolean isUnknown = file.share == null && file.name.isEmpty();
        file.isPipe |= isUnknown && RpcTalk.begins(in, at, length);
        return file.isPipe;
    }

    @Nullable OpenFile known(FileId id) {
        return open.get(id);
    }

    void closed(FileId id) {
        OpenFile file = open.remove(id);
        if (file != null) {
            file.end(connection.now());
            if (file.deleteOnClose) {
                say(file, "SMB::FILE_DELETE", null);
            }
        }
    }

    void deleted(OpenFile file) {
        if (!file.deleteOnClose) {
            say(file, "SMB::FILE_DELETE", null);
        }
    }

    void renamed(OpenFile file, String to) {
        String before = file.name;
        file.name = to;
        say(file, "SMB::FILE_RENAME", before);
    }

    private void say(OpenFile file, String action, @Nullable String before) {
        long now = connection.now();
        if (isSaidAlready(file, action, now)) {
            return;
        }
        connection.emit(
                new SmbFile(
                        now,
                        now,
                        connection.uid(),
                        connection.id(),
                        file.fuid(),
                        action,
                        file.share == null ? null : file.share.path(),
                        file.name.isEmpty() ? ROOT : file.name,
                        file.size < 0 ? null : Long.valueOf(file.size),
                        before,
                        time(file.modified),
                        time(file.accessed),
                        time(file.created),
                        time(file.changed)));
    }

    /// Programs open the same file again and again; what differs in nothing from what was said a
    /// while ago is not said again.
    private boolean isSaidAlready(OpenFile file, String action, long now) {
        String path = file.share == null ? "" : file.share.path();
        Said row =
                new Said(
                        action,
                        path,
                        file.name,
                        file.size,
                        file.fuid(),
                        file.modified,
                        file.accessed,
                        file.created,
                        file.changed);
        Long before = said.get(row);
        if (before != null && now - before < AGAIN_NANOS) {
            return true;
        }
        if (said.size() >= MAX_SAID) {
            said.remove(said.keySet().iterator().next());
        }
        said.put(row, now);
        return false;
    }

    private static @Nullable Long time(long nanos) {
        return nanos == 0 ? null : Long.valueOf(nanos);
    }

    /// A body for what is read from or written to `file`.
    Body body(OpenFile file, Side side, boolean isRead) {
        long total = isRead && file.size > 0 ? file.size : -1;
        String name = file.name.isEmpty() ? null : file.name;
        return connection.body(side, "SMB", name, null, total);
    }

    // ---- pipes

    /// Reads what goes through a pipe, fragment by fragment; one that is cut by a message's end is
    /// given up.
    void piped(OpenFile pipe, Bytes octets) {
        int at = 0;
        while (octets.remaining() - at >= RpcTalk.HEADER) { // a fragment has a header at least
            Bytes rest = new Bytes();
            rest.wrap(
                    octets.array(), octets.base() + octets.offset() + at, octets.remaining() - at);
            int length = RpcTalk.length(rest, 0);
            if (length < RpcTalk.HEADER) {
                return;
            }
            int there = Math.min(length, rest.length());
            rest.wrap(rest.array(), rest.base(), there);
            RpcTalk talk = pipe.rpc == null ? talk(pipe) : pipe.rpc;
            pipe.rpc = talk;
            talk.fragment(rest, connection.now());
            at += there;
        }
    }

    private RpcTalk talk(OpenFile pipe) {
        connection.confirm("dce_rpc");
        String name = pipe.name.isEmpty() ? null : "\\pipe\\" + pipe.name;
        return new RpcTalk(
                connection.uid(), connection.id(), name, connection::emit, connection::confirm);
    }

    void close() {
        open.values().forEach(file -> file.end(connection.now()));
        open.clear();
    }
}
