package io.hark.wire;

import io.hark.Secret;
import io.hark.bytes.BigEndian;
import io.hark.format.tlscrypt.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one capture into chunks of whole frames and finds each frame's innermost packet on the
/// way.
///
/// A record that is not whole at the end of a chunk moves to the next one. A damaged file ends
/// where it broke; what came before counts. Of an input that is live, a chunk holds what came
/// within [Source#PATIENCE_NANOS].
///
/// *Thread*: one owner, the reading thread.
public final class Reader implements Source {

    /// What secrets that stand in the capture are called.
    static final String CAPTURE = "capture";

    private final Input input;
    private final Layers layers;
    private static final int MAX_SHOWN = 16; // octets of a file that is none of ours

    private final boolean looks;
    private final Container.Frame frame = new Container.Frame();
    private @Nullable Container container;
    private Status status = Status.OPEN;
    private String trouble = "";
    private @Nullable String cannotReadOn; // why, where the system or the packing says so
    private long frames;
    private long octets;
    private long chunks;
    private long prefixMax = Long.MIN_VALUE;
    private long firstNanos = Long.MAX_VALUE;

    private final byte[] rest; // what was read but is no whole record yet
    private byte @Nullable [] longRest;
    private int restLength;
    private boolean ended;
    private volatile boolean stopped;

    /// A reader over `input`.
    public Reader(Input input, Layers layers) {
        this(input, layers, Chunk.BYTES, true);
    }

    /// A reader that may leave it to others to look at the frames.
    ///
    /// @param bytes capacity of the chunks it fills
    Reader(Input input, Layers layers, int bytes, boolean looks) {
        this.input = input;
        this.layers = layers;
        this.rest = new byte[bytes];
        this.looks = looks;
    }

    @Override
    public void fill(Chunk chunk) throws IOException {
        chunk.reset(chunks++, frames);
        int length = restLength;
        if (length > chunk.capacity) {
            chunk.grow(Container.MAX_RECORD + Chunk.BYTES, 0);
        }
        System.arraycopy(longRest == null ? rest : longRest, 0, chunk.memory, 0, length);
        longRest = null;
        restLength = 0;
        int at = 0;
        while (true) {
            if (!ended && length < chunk.capacity) {
                length = readOn(chunk, length);
            }
            boolean waits = input.isLive() && !ended && length < chunk.capacity;
            if (waits && length < Pcap.FILE_HEADER) {
                break; // too little to tell what it is
            }
            if (container == null && !recognise(chunk.memory, length)) {
                break;
            }
            at = frames(chunk, at, length);
            if (status == Status.DAMAGED || chunk.isFull() || at > 0 && !ended || ended || waits) {
                break;
            }
            if (length == chunk.capacity) {
                chunk.grow(
                        Math.min(Container.MAX_RECORD, chunk.capacity * 4) + Chunk.BYTES, length);
            }
        }
        finish(chunk, at, length);
    }

    private int readOn(Chunk chunk, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk.memory, length, chunk.capacity - length);
        long began = input.isLive() ? System.nanoTime() : 0;
        while (buffer.hasRemaining()) {
            int n;
            try {
                n = input.read(buffer);
            } catch (IOException e) { // a compressed file that breaks off, or a disk that does
                cannotReadOn = String.valueOf(e.getMessage());
                status = Status.DAMAGED;
                n = -1;
            }
            if (n < 0 || stopped) {
                ended = true;
                break;
            }
            if (input.isLive() && (n == 0 || System.nanoTime() - began > Source.PATIENCE_NANOS)) {
                break; // timers want to run
            }
        }
        return buffer.position();
    }

    private static String unknown(byte[] memory, int length) {
        if (length >= Input.HEAD && Input.isKnown(memory)) {
            return "it breaks off inside its own header, behind " + length + " bytes";
        }
        String archive = archive(memory, length);
        if (archive != null) {
            return "neither pcap nor pcapng: it is a " + archive + " archive; unpack it first";
        }
        return "neither pcap nor pcapng: it begins with "
                + beginning(memory, length)
                + ", and it is no text either";
    }

    /// What captures are handed on in, and no reader of captures unpacks.
    private static @Nullable String archive(byte[] memory, int length) {
        if (length < Input.HEAD) {
            return null;
        }
        return switch (BigEndian.i32(memory, 0)) {
            case 0x504b0304 -> "ZIP";
            case 0x377abcaf -> "7z";
            case 0x52617221 -> "RAR";
            case 0xfd377a58 -> "xz";
            case 0x425a6839 -> "bzip2"; // "BZh9", as its programs make by default
            default -> null;
        };
    }

    private boolean recognise(byte[] memory, int length) {
        if (length >= Pcap.FILE_HEADER) {
            container = Pcap.of(memory);
        }
        if (container == null && length >= 12 && BigEndian.i32(memory, 0) == Pcapng.SECTION) {
            container = new Pcapng();
        }
        if (container == null) {
            status = Status.UNREADABLE;
            trouble =
                    length == 0
                            ? (input.isLive() ? "nothing came" : "the file is empty")
                            : unknown(memory, length);
            ended = true;
            return false;
        }
        return true;
    }

    /// What tells a person which kind of file it is: `%PDF-1.7`, `4d 5a 90 00`, zeros.
    private static String beginning(byte[] memory, int length) {
        int shown = Math.min(length, MAX_SHOWN);
        boolean isText = true;
        boolean isZeros = true;
        for (int i = 0; i < shown; i++) {
            isText &=
                    memory[i] >= ' ' && memory[i] <= '~' || memory[i] == '\n' || memory[i] == '\r';
            isZeros &= memory[i] == 0;
        }
        if (isZeros) {
            return "zeros";
        }
        return isText
                ? "the text '"
                        + new String(memory, 0, shown, StandardCharsets.US_ASCII).strip()
                        + "'"
                : HexFormat.ofDelimiter(" ").formatHex(memory, 0, shown);
    }

    private int frames(Chunk chunk, int from, int length) {
        Container records = container;
        int at = from;
        frame.isEnd = ended;
        while (records != null && !chunk.isFull()) {
            int n = records.next(chunk.memory, at, length, frame);
            if (n == Container.MORE) {
                break;
            }
            if (n == Container.DAMAGED) {
                status = Status.DAMAGED;
                trouble = "broken behind frame " + frames + ": " + records.damage();
                ended = true;
                break;
            }
            if (frame.isFrame) {
                add(chunk);
            } else if (frame.keyLog != null) {
                learn(frame.keyLog, chunk);
            }
            at += n;
        }
        return at;
    }

    private static void learn(String keyLog, Chunk chunk) {
        Map<String, byte[]> lines = KeyLog.parse(keyLog);
        if (!lines.isEmpty()) {
            chunk.secrets.add(new Secret(CAPTURE, Secret.Kind.TLS_KEY_LOG, Map.copyOf(lines)));
        }
    }

    private void add(Chunk chunk) {
        int i = chunk.frames++;
        chunk.ts[i] = frame.nanos;
        chunk.at[i] = frame.at;
        chunk.captured[i] = frame.captured;
        chunk.length[i] = frame.length;
        chunk.linkType[i] = frame.linkType;
        frames++;
        octets += frame.length;
        prefixMax = Math.max(prefixMax, frame.nanos);
        if (frame.nanos != 0 || frame.length != 0) { // a record of zeros tells no time
            firstNanos = Math.min(firstNanos, frame.nanos);
        }
        if (looks) {
            layers.look(chunk, i);
        }
    }

    private void finish(Chunk chunk, int at, int length) {
        chunk.prefixMaxNanos = prefixMax;
        int left = length - at;
        boolean more = left > 0 && status == Status.OPEN && (!ended || chunk.isFull());
        if (more) {
            byte[] keep = rest;
            if (left > rest.length) {
                longRest = new byte[left];
                keep = longRest;
            }
            System.arraycopy(chunk.memory, at, keep, 0, left);
            restLength = left;
        }
        if (ended && !more) {
            chunk.last = true;
            if (status == Status.OPEN) {
                status = left > 0 ? Status.DAMAGED : Status.OK;
                trouble = left > 0 ? "breaks off inside a record behind frame " + frames : "";
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public String name() {
        return input.name();
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public String trouble() {
        return cannotReadOn == null
                ? trouble
                : "cannot be read on behind frame " + frames + ": " + cannotReadOn;
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public long frameCount() {
        return frames;
    }

    @Override
    public long octetCount() {
        return octets;
    }

    @Override
    public long firstNanos() {
        return firstNanos;
    }

    @Override
    public long lastNanos() {
        return prefixMax;
    }

    @Override
    public Drops drops() {
        return container instanceof Pcapng pcapng ? pcapng.drops() : Drops.NONE;
    }

    /// When the counting of losses began, or 0.
    long countedSince() {
        return container instanceof Pcapng pcapng ? pcapng.countedSince() : 0;
    }

    @Override
    public long position() {
        return input.position();
    }

    @Override
    public long size() {
        return input.size();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
