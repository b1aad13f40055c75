package io.hark.sensor;

import io.hark.Key;
import io.hark.Secret;
import io.hark.bytes.TextBuffer;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Mail;
import io.hark.carry.StreamPiece;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Endpoints;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pieces that no secret opened, kept in the case so that a late key opens exactly them.
///
/// *Shape*: `<decoder>-<key>.pieces`: `HKP1`, then rows of [Codec], each behind its length in four
/// octets: first a [Header], then the pieces, each a [Row]. `index.jsonl` says what every file
/// waits for.
///
/// *Thread*: one owner.
final class Undecoded {

    /// The most octets held in memory of conversations that have not said yet whether they can be
    /// read; what comes behind is shed.
    static final long MAX_HELD = 32L << 20;

    /// The most octets of pieces kept on disk in one case.
    static final long MAX_KEPT = 1L << 30;

    /// The most conversations remembered; of the one longest silent it is forgotten whether it was
    /// opened.
    static final int MAX_CONVERSATIONS = 1 << 16;

    static final int MAGIC = 0x484b_5031;
    static final int MAX_ROW = 8 << 20; // an exchange has two bodies of 1 MB at most
    private static final int MAX_NAME = 60; // characters of a key that a file is named after
    static final String INDEX = "index.jsonl";
    static final String READ_ME = "README.txt";

    private static final String README =
            """
            Carried pieces of conversations that no secret opened. index.jsonl says of each file which decoder it belongs to and which
            secret would open it: the private key of the server, or an NSS key log of one of the two ends.

                hark decode --late CASE --keys PATH

            reads exactly these pieces, writes what opens to CASE/conversations, and removes it from here.
            """;

    /// What stands at the beginning of a file.
    ///
    /// @param decoder who would read it
    /// @param conversation the conversation's key
    /// @param secrets the kinds of secret that would open it
    /// @param why why it is not open
    record Header(String decoder, String conversation, List<String> secrets, String why)
            implements Stored {}

    /// One piece.
    ///
    /// @param kind its record type's name
    /// @param row the record
    record Row(String kind, byte[] row) implements Stored {}

    private record Name(String decoder, Key key) {}

    private enum Phase {
        HELD,
        KEPT,
        OPENED
    }

    private static final class Conversation {
        private Phase phase = Phase.HELD;
        private final List<byte[]> held = new ArrayList<>();
        private @Nullable Path file;
        private final Set<Secret.Kind> secrets = EnumSet.noneOf(Secret.Kind.class);
        private String why = "";
        private String uid = "";
        private @Nullable Endpoints id;
        private long first;
        private long last;
        private long pieces;
        private long bytes;
    }

    private final @Nullable Path folder;
    private final Map<Name, Conversation> conversations = new LinkedHashMap<>(64, 0.75f, true);
    private long heldBytes;
    private long keptBytes;
    private long shedBytes;
    private long keptCount;
    private Runnable whenOpened = () -> {};

    /// Keeps below `folder`; null keeps nothing.
    Undecoded(@Nullable Path folder) {
        this.folder = folder;
    }

    /// Asks to be told when a secret opens a conversation.
    void whenOpened(Runnable told) {
        whenOpened = told;
    }

    /// A piece of a conversation that may need a secret.
    void hold(String decoder, Key key, Carried piece) throws IOException {
        Conversation conversation =
                conversations.computeIfAbsent(new Name(decoder, key), _ -> new Conversation());
        while (conversations.size() > MAX_CONVERSATIONS && forgetEldest()) {}
        if (conversation.id == null) {
            conversation.id = piece.id();
        }
        if (conversation.phase == Phase.OPENED || folder == null) {
            return;
        }
        byte[] row = row(piece);
        boolean held = conversation.phase == Phase.HELD;
        while (held && heldBytes + row.length > MAX_HELD && forgetEldest()) {}
        if (held ? heldBytes + row.length > MAX_HELD : keptBytes + row.length > MAX_KEPT) {
            shedBytes += row.length;
            return;
        }
        if (!held) {
            begin(decoder, key, conversation);
        }
        note(conversation, piece, row.length);
        if (held) {
            conversation.held.add(row);
            heldBytes += row.length;
        } else {
            append(conversation, List.of(row));
        }
    }

    private static void note(Conversation conversation, Carried piece, int length) {
        if (conversation.pieces++ == 0) {
            conversation.uid = piece.uid();
            conversation.first = piece.ts();
        }
        conversation.last = Math.max(conversation.last, piece.ts());
        conversation.bytes += length;
    }

    /// A conversation cannot be read: what was held goes to disk, and what comes follows it. Said
    /// again, it names another kind of secret that would open it.
    void keep(String decoder, Key key, Secret.Kind secret, String why) {
        Conversation conversation = conversations.get(new Name(decoder, key));
        if (conversation == null || conversation.phase == Phase.OPENED) {
            return;
        }
        if (conversation.phase == Phase.HELD) {
            conversation.phase = Phase.KEPT;
            conversation.why = why;
            keptCount++;
        }
        conversation.secrets.add(secret);
    }

    /// Begins the file of a conversation that cannot be read.
    private void begin(String decoder, Key key, Conversation conversation) throws IOException {
        if (folder == null || conversation.file != null) {
            return;
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(fileName(decoder, key));
        conversation.file = file;
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(MAGIC);
            List<String> secrets = conversation.secrets.stream().map(Secret.Kind::name).toList();
            Header header = new Header(decoder, key.name(), secrets, conversation.why);
            write(out, Codec.write(Kind.of(Header.class), header));
        }
        List<byte[]> rows = List.copyOf(conversation.held);
        release(conversation);
        append(conversation, rows);
    }

    /// A secret opened a conversation: nothing of it need be kept.
    void opened(String decoder, Key key) {
        Conversation conversation =
                conversations.computeIfAbsent(new Name(decoder, key), _ -> new Conversation());
        if (conversation.phase == Phase.HELD) {
            conversation.phase = Phase.OPENED;
            release(conversation);
        }
        whenOpened.run();
    }

    private void release(Conversation conversation) {
        conversation.held.forEach(row -> heldBytes -= row.length);
        conversation.held.clear();
    }

    /// Forgets the conversation longest silent that is not on disk; false if there is none.
    private boolean forgetEldest() {
        for (var entries = conversations.entrySet().iterator(); entries.hasNext(); ) {
            Conversation eldest = entries.next().getValue();
            if (eldest.phase != Phase.KEPT) {
                eldest.held.forEach(row -> shedBytes += row.length);
                release(eldest);
                entries.remove();
                return true;
            }
        }
        return false;
    }

    private void append(Conversation conversation, List<byte[]> rows) throws IOException {
        if (conversation.file == null) {
            return;
        }
        long before = Files.size(conversation.file);
        try (var out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(
                                        conversation.file, StandardOpenOption.APPEND)))) {
            for (byte[] row : rows) {
                write(out, row);
            }
        } catch (IOException e) {
            cut(conversation.file, before);
            rows.forEach(row -> shedBytes += row.length);
            throw e;
        }
        rows.forEach(row -> keptBytes += row.length);
    }

    /// A row that is not whole would hide those behind it.
    private static void cut(Path file, long length) throws IOException {
        try (var whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            whole.truncate(length);
        }
    }

    private static void write(DataOutputStream out, byte[] row) throws IOException {
        out.writeInt(row.length);
        out.write(row);
    }

    /// Writes the index of what is kept.
    void close() throws IOException {
        if (folder == null || keptCount == 0) {
            return;
        }
        for (var entry : conversations.entrySet()) {
            if (entry.getValue().phase == Phase.KEPT) {
                begin(entry.getKey().decoder, entry.getKey().key, entry.getValue());
            }
        }
        Files.writeString(folder.resolve(READ_ME), README);
        TextBuffer index = new TextBuffer(1 << 12);
        conversations.forEach((name, kept) -> line(name, kept, index));
        Files.writeString(folder.resolve(INDEX), index.toString());
    }

    private static void line(Name name, Conversation kept, TextBuffer out) {
        Endpoints id = kept.id;
        if (kept.phase != Phase.KEPT || kept.file == null || id == null) {
            return;
        }
        out.put("{\"decoder\":").json(name.decoder).put(",\"conversation\":").json(name.key.name());
        String secrets =
                String.join(" or ", kept.secrets.stream().map(kind -> word(kind.name())).toList());
        out.put(",\"secret\":").json(secrets).put(",\"why\":").json(kept.why);
        out.put(",\"uid\":").json(kept.uid).put(",\"orig_h\":").json(id.orig_h().toString());
        out.put(",\"resp_h\":")
                .json(id.resp_h().toString())
                .put(",\"resp_p\":")
                .number(id.resp_p());
        out.put(",\"first\":").seconds(kept.first).put(",\"last\":").seconds(kept.last);
        out.put(",\"pieces\":").number(kept.pieces).put(",\"bytes\":").number(kept.bytes);
        out.put(",\"file\":").json(String.valueOf(kept.file.getFileName())).put("}\n");
    }

    private static String word(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A name without anything a stranger chose but letters, digits, dots and dashes.
    private static String fileName(String decoder, Key key) {
        String plain = key.name().replaceAll("[^A-Za-z0-9.-]", "_");
        boolean same = plain.equals(key.name()) && plain.length() <= MAX_NAME;
        String cut = plain.substring(0, Math.min(plain.length(), MAX_NAME));
        return decoder + "-" + (same ? cut : cut + "-" + key.idFor(decoder)) + ".pieces";
    }

    private static byte[] row(Carried piece) {
        Row row =
                switch (piece) {
                    case StreamPiece run ->
                            new Row("stream", Codec.write(Kind.of(StreamPiece.class), run));
                    case Datagram datagram ->
                            new Row("datagram", Codec.write(Kind.of(Datagram.class), datagram));
                    case HttpExchange exchange ->
                            new Row("http", Codec.write(Kind.of(HttpExchange.class), exchange));
                    case DnsTransaction message ->
                            new Row("dns", Codec.write(Kind.of(DnsTransaction.class), message));
                    case EchoPayload echo ->
                            new Row("echo", Codec.write(Kind.of(EchoPayload.class), echo));
                    case WebSocketMessage message ->
                            new Row(
                                    "web-socket",
                                    Codec.write(Kind.of(WebSocketMessage.class), message));
                    case Mail mail -> new Row("mail", Codec.write(Kind.of(Mail.class), mail));
                    case FilePiece file ->
                            new Row("ftp-file", Codec.write(Kind.of(FilePiece.class), file));
                };
        return Codec.write(Kind.of(Row.class), row);
    }

    /// What could not be read, the longest silent first.
    List<Summary.Closed> closed() {
        List<Summary.Closed> closed = new ArrayList<>();
        conversations.forEach(
                (name, one) -> {
                    Endpoints id = one.id;
                    if (one.phase == Phase.KEPT && id != null) {
                        closed.add(
                                new Summary.Closed(
                                        name.decoder, id, List.copyOf(one.secrets), one.why));
                    }
                });
        return closed;
    }

    long conversations() {
        return keptCount;
    }

    long keptBytes() {
        return keptBytes;
    }

    long shedBytes() {
        return shedBytes;
    }
}
