package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.schema.Addr;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes conversations: `NN-<family>-<host>.txt` for people, `.jsonl` for programs, and what it
/// comes to in the head of the first and in a `.json`, see [Digest]. Numbers follow the order of
/// first words; behind the host's address stands the name it knows the other by.
///
/// Text that strangers chose is escaped: no control character, no invisible or reordering one
/// reaches a terminal.
///
/// *Thread*: one owner.
final class Transcripts implements Closeable {

    /// Octets of one conversation that wait before they are written.
    private static final int FLUSH = 1 << 16;

    /// The most conversations that are written; findings and events tell of the rest.
    static final int MAX_FILES = 10_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final String INDENT = "\n" + " ".repeat(35);

    private static final class Pages {
        private final Path people;
        private final Path programs;
        private final TextBuffer text = new TextBuffer(1 << 10);
        private final Path comesTo;
        private final Message first;
        private final int head; // octets of text that the digest stands behind
        private final Digest digest = new Digest();
        private final TextBuffer json = new TextBuffer(1 << 10);
        private long messages;
        private long last;

        Pages(Path folder, String name, Message first, @Nullable HostName known) {
            people = folder.resolve(name + ".txt");
            programs = folder.resolve(name + ".jsonl");
            comesTo = folder.resolve(name + ".json");
            this.first = first;
            header(first, known, text);
            head = text.size();
            text.put('\n');
        }
    }

    /// Octets of one file that wait for a disk that takes nothing; what is more is lost.
    private static final int MAX_WAITING = 1 << 20;

    /// Characters of a name in a file's: file systems take 255 in all.
    private static final int MAX_NAME = 64;

    private final Path folder;
    private final Names names;
    private final Map<String, Pages> pages = new LinkedHashMap<>();
    private int number;
    private boolean begun;

    /// Writes into `folder`, behind what stands there already.
    Transcripts(Path folder, Names names) {
        this.folder = folder;
        this.names = names;
    }

    /// Writes one message.
    void write(Message message) throws IOException {
        String key = message.decoder() + " " + message.conversation();
        Pages page = pages.get(key);
        if (page == null) {
            if (pages.size() == MAX_FILES) {
                return;
            }
            page = begin(message);
            pages.put(key, page);
        }
        page.messages++;
        page.digest.add(message);
        page.last = Math.max(page.last, message.ts());
        line(message, page.text);
        json(message, page.json);
        if (page.text.size() > FLUSH || page.json.size() > FLUSH) {
            flush(page);
        }
    }

    private Pages begin(Message message) throws IOException {
        if (!begun) {
            Files.createDirectories(folder);
            try (var there = Files.list(folder)) {
                number = (int) there.filter(file -> file.toString().endsWith(".jsonl")).count();
            }
            begun = true;
        }
        number++;
        Endpoints id = message.id();
        HostName known = names.of(id.orig_h(), id.resp_h(), message.ts());
        String name =
                "%02d-%s-%s%s"
                        .formatted(
                                number,
                                plain(message.family()),
                                plain(host(id).toString()),
                                known == null ? "" : "-" + plain(cut(known.text())));
        Pages page = new Pages(folder, name, message, known);
        Files.deleteIfExists(page.people);
        Files.deleteIfExists(page.programs);
        return page;
    }

    /// A file of another kind beside those of a conversation, null if it has none.
    ///
    /// @param conversation its decoder and its key, with a space between
    /// @param ending of the name, with its dot
    @Nullable Path beside(String conversation, String ending) {
        Pages page = pages.get(conversation);
        if (page == null) {
            return null;
        }
        String name = String.valueOf(page.programs.getFileName());
        return folder.resolve(name.substring(0, name.lastIndexOf('.')) + ending);
    }

    /// The file, for people, that a conversation is written to.
    ///
    /// @param first any of its messages
    @Nullable String file(Message first) {
        Pages page = pages.get(first.decoder() + " " + first.conversation());
        return page == null ? null : String.valueOf(page.people.getFileName());
    }

    /// Writes what waits, so that others see it.
    void flush() throws IOException {
        for (Pages page : pages.values()) {
            if (page.text.size() > 0 || page.json.size() > 0) {
                flush(page);
            }
        }
    }

    /// Whose name the file bears: the one of the two that is ours, or who opened the connection.
    private static Addr host(Endpoints id) {
        return id.resp_h().isPrivate() && !id.orig_h().isPrivate() ? id.resp_h() : id.orig_h();
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9.-]", "_");
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(name.length() - MAX_NAME);
    }

    private static void header(Message m, @Nullable HostName known, TextBuffer out) {
        Endpoints id = m.id();
        out.put("# ").put(plain(m.family())).put(": ").put(id.orig_h().toString()).put(" and ");
        out.put(id.resp_h().toString()).put(":").number(id.resp_p());
        if (known != null) {
            out.put(", ").put(escaped(known.text(), " ")).put(" by ").put(known.source());
        }
        out.put('\n');
        out.put("# conversation ")
                .put(escaped(m.conversation(), " "))
                .put(", first connection ")
                .put(m.uid())
                .put('\n');
        out.put("# from ").put(TIME.format(instant(m.ts()))).put(" UTC\n");
        out.put("# read by the decoder ")
                .put(m.decoder())
                .put(" from ")
                .put(String.join(" > ", m.layers()));
        String secret = m.secret();
        out.put(secret == null ? "" : ", opened with " + escaped(secret, " "));
        out.put(m.verified() ? "\n" : "; no real capture verifies this decoder yet\n");
        out.put("# credentials are masked: *** and a short hash\n");
    }

    private static void line(Message m, TextBuffer out) {
        out.put(TIME.format(instant(m.ts()))).put("  ");
        out.put("%8s> ".formatted(m.side().name()));
        boolean console = m.type().equals("shell");
        if (!console) {
            String subtype = m.subtype();
            out.put('[').put(m.type()).put(subtype == null ? "" : " " + subtype).put("] ");
        }
        String text = escaped(m.text(), INDENT);
        out.put(text.isEmpty() ? "(nothing)" : text).put('\n');
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    /// Text that cannot harm a terminal; line ends become `lineEnd`.
    static String escaped(String text, String lineEnd) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == '\n') {
                                out.append(lineEnd);
                            } else if (c == '\t' || isShown(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append("\\u{").append(Integer.toHexString(c)).append('}');
                            }
                        });
        return out.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static void json(Message m, TextBuffer out) {
        Endpoints id = m.id();
        out.put("{\"ts\":").seconds(m.ts()).put(",\"conversation\":").json(m.conversation());
        out.put(",\"family\":").json(m.family()).put(",\"decoder\":").json(m.decoder());
        out.put(",\"verified\":").put(m.verified() ? "true" : "false");
        out.put(",\"side\":")
                .json(m.side().name().toLowerCase(Locale.ROOT))
                .put(",\"type\":")
                .json(m.type());
        String subtype = m.subtype();
        if (subtype != null) {
            out.put(",\"subtype\":").json(subtype);
        }
        out.put(",\"text\":").json(m.text()).put(",\"fields\":{");
        String comma = "";
        for (Fact fact : m.fields()) {
            out.put(comma).json(fact.name()).put(':');
            Double value = fact.number();
            String text = fact.text();
            if (value != null) {
                out.real(value);
            } else {
                out.json(text == null ? "" : text);
            }
            comma = ",";
        }
        out.put("},\"uid\":").json(m.uid()).put(",\"layers\":[");
        for (int i = 0; i < m.layers().size(); i++) {
            out.put(i == 0 ? "" : ",").json(m.layers().get(i));
        }
        out.put(']');
        String secret = m.secret();
        if (secret != null) {
            out.put(",\"secret\":").json(secret);
        }
        out.put(",\"orig_h\":")
                .json(id.orig_h().toString())
                .put(",\"orig_p\":")
                .number(id.orig_p());
        out.put(",\"resp_h\":")
                .json(id.resp_h().toString())
                .put(",\"resp_p\":")
                .number(id.resp_p())
                .put("}\n");
    }

    private static void flush(Pages page) throws IOException {
        append(page.people, page.text);
        append(page.programs, page.json);
    }

    private static void append(Path file, TextBuffer text) throws IOException {
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long before = out.size();
            ByteBuffer octets = ByteBuffer.wrap(text.array(), 0, text.size());
            out.position(before);
            try {
                while (octets.hasRemaining()) {
                    out.write(octets);
                }
            } catch (IOException e) { // what did not get there whole comes again
                out.truncate(before);
                throw e;
            }
        } finally {
            if (text.size() > MAX_WAITING) {
                text.clear();
            }
        }
        text.clear();
    }

    @Override
    public void close() throws IOException {
        for (Pages page : pages.values()) {
            page.text.put("\n# ").number(page.messages).put(" messages, the last at ");
            page.text.put(TIME.format(instant(page.last))).put(" UTC\n");
            flush(page);
            digest(page);
        }
    }

    /// Puts what the conversation comes to behind the head of the file for people, and into one of
    /// its own.
    private static void digest(Pages page) throws IOException {
        TextBuffer digest = new TextBuffer(1 << 10);
        page.digest.text(digest);
        Path part = page.people.resolveSibling(page.people.getFileName() + ".part");
        try (InputStream in = Files.newInputStream(page.people);
                OutputStream out = Files.newOutputStream(part)) {
            out.write(in.readNBytes(page.head));
            out.write(digest.array(), 0, digest.size());
            in.transferTo(out);
        }
        Files.move(part, page.people, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(page.comesTo);
        digest.clear();
        page.digest.json(page.first, digest);
        append(page.comesTo, digest);
    }
}
