package io.hark.wire;

import com.github.luben.zstd.ZstdInputStream;
import io.hark.UserError;
import io.hark.bytes.BigEndian;
import io.hark.bytes.Digests;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One capture file, opened and unpacked: plain, gzip or zstd, recognised by content; `-` is
/// standard input, `host:port` pcap over IP.
///
/// *Thread*: one owner.
public final class Input implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /// Octets read at a time: they go by way of native memory, and what is larger leaves the caches
    /// on the way (measured: a megabyte at a time takes a fifth more).
    private static final int PIECE = 1 << 18;

    static final int HEAD = 4; // octets that tell a capture
    private static final int LOOKED_AT = 4096; // octets that tell a text
    private static final int ODD_SHARE = 64; // one in so many may be no text: colours, old codes

    private static final int CONNECT_MILLIS = 10_000;
    private static final Pattern OVER_IP =
            Pattern.compile("([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");

    private final String name;
    private final ReadableByteChannel channel;
    private final long size;
    private long read;
    private ByteBuffer ahead = ByteBuffer.allocate(0); // looked at, not read yet
    private @Nullable IOException failed; // behind it

    private final boolean live;

    private Input(String name, ReadableByteChannel channel, long size) {
        this(name, channel, size, false);
    }

    private Input(String name, ReadableByteChannel channel, long size, boolean live) {
        this.name = name;
        this.channel = channel;
        this.size = size;
        this.live = live;
    }

    /// Whether this names a place to read pcap over IP from, `host:port` or `[v6]:port`, and no
    /// file.
    public static boolean isOverIp(Path path) {
        return OVER_IP.matcher(path.toString()).matches() && !Files.exists(path);
    }

    /// Whether it can be opened a second time and gives the same again.
    public static boolean isRepeatable(Path path) {
        return Files.isRegularFile(path);
    }

    /// Opens the file, or connects to where the capture comes from.
    ///
    /// @throws UserError if there is no such file, or it cannot be read
    public static Input open(Path path) {
        if (isOverIp(path)) {
            return connect(path.toString());
        }
        try {
            if (path.toString().equals("-")) {
                return unpack("-", new BufferedInputStream(System.in, BUFFER), -1);
            }
            if (Files.isDirectory(path)) {
                throw new UserError(path + " is a folder: name the capture files in it");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) { // a pipe with a name
                return unpack(
                        path.toString(),
                        new BufferedInputStream(Files.newInputStream(path), BUFFER),
                        -1);
            }
            FileChannel file = FileChannel.open(path);
            ByteBuffer head = ByteBuffer.allocate(4);
            file.read(head, 0);
            if (isPacked(head.array())) {
                return unpack(
                        path.toString(),
                        new BufferedInputStream(Channels.newInputStream(file), BUFFER),
                        file.size());
            }
            return new Input(path.toString(), file, file.size());
        } catch (java.nio.file.NoSuchFileException e) {
            throw new UserError("there is no file " + path, e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new UserError(
                    "permission denied: read it as a user who may, or have it copied", e);
        } catch (IOException e) {
            throw UserError.unreadable(path, e);
        }
    }

    /// A capture that comes out of a stream, plain.
    public static Input of(String name, InputStream stream) {
        return new Input(name, Channels.newChannel(stream), -1);
    }

    /// A capture that comes through a TCP connection, from its file header on, until the other side
    /// closes: PolarProxy, `tcpdump -w - | nc -l`. A read that waits longer than
    /// [Source#PATIENCE_NANOS] answers that nothing came.
    private static Input connect(String place) {
        int colon = place.lastIndexOf(':');
        String host = place.substring(0, colon).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(place.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new UserError(place + ": a port is a number from 1 to 65535");
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout((int) (Source.PATIENCE_NANOS / 1_000_000));
            return new Input(place, new SocketBytes(socket, socket.getInputStream()), -1, true);
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw new UserError(
                    "cannot read pcap over IP from " + place + ": " + e.getMessage(), e);
        }
    }

    /// What comes through a socket; 0 where nothing did for a while.
    private record SocketBytes(Socket socket, InputStream in) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer buffer) throws IOException {
            try {
                int n = in.read(buffer.array(), buffer.position(), buffer.remaining());
                if (n > 0) {
                    buffer.position(buffer.position() + n);
                }
                return n;
            } catch (SocketTimeoutException e) {
                return 0; // that is what it is for
            }
        }

        @Override
        public boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// Whether a file that begins with these four octets may be a capture.
    static boolean isKnown(byte[] head) {
        return isPacked(head) || Pcap.isMagic(head) || BigEndian.i32(head, 0) == Pcapng.SECTION;
    }

    private static boolean isPacked(byte[] head) {
        return head[0] == 0x1f && head[1] == (byte) 0x8b || isZstd(head);
    }

    private static boolean isZstd(byte[] head) {
        return head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
    }

    private static Input unpack(String name, InputStream stream, long size) throws IOException {
        stream.mark(4);
        byte[] head = new byte[4];
        int n = stream.readNBytes(head, 0, 4);
        stream.reset();
        if (n == 4 && isZstd(head)) {
            return new Input(
                    name, Channels.newChannel(new ZstdInputStream(stream).setContinuous(true)), -1);
        } else if (n == 4 && isPacked(head)) {
            return new Input(name, Channels.newChannel(new GZIPInputStream(stream, BUFFER)), -1);
        }
        return new Input(name, Channels.newChannel(stream), size);
    }

    /// Octets that are there already.
    public static Input of(String name, byte[] octets) {
        return new Input(
                name, Channels.newChannel(new ByteArrayInputStream(octets)), octets.length);
    }

    /// What the user calls it.
    public String name() {
        return name;
    }

    /// Whether it comes as it is captured, so that nothing may come for a while.
    boolean isLive() {
        return live;
    }

    /// Reads into `buffer`, which has an array; -1 at the end, 0 where a live input has nothing
    /// now.
    public int read(ByteBuffer buffer) throws IOException {
        if (ahead.hasRemaining()) {
            int n = Math.min(ahead.remaining(), buffer.remaining());
            buffer.put(ahead.slice(ahead.position(), n));
            ahead.position(ahead.position() + n);
            return n;
        }
        if (failed != null) {
            throw failed;
        }
        int limit = buffer.limit();
        buffer.limit(Math.min(limit, buffer.position() + PIECE));
        int n = channel.read(buffer);
        buffer.limit(limit);
        read += Math.max(0, n);
        return n;
    }

    /// Whether it begins as a text does, and no capture: nothing but text in what comes first.
    /// Reads nothing away. What comes through a socket is a capture; what cannot be unpacked is
    /// left to who reads on.
    public boolean isText() {
        if (live) {
            return false;
        }
        ByteBuffer head = ByteBuffer.allocate(LOOKED_AT);
        try {
            while (head.position() < HEAD && read(head) >= 0) {} // a pipe gives what it has
        } catch (IOException e) {
            failed = e;
        }
        ahead = head.flip();
        byte[] octets = ahead.array();
        int n = ahead.remaining();
        if (n == 0 || n >= HEAD && isKnown(octets)) {
            return false;
        }
        int odd = 0;
        for (int i = 0; i < n; i++) {
            if (octets[i] == 0) {
                return false;
            }
            boolean control = octets[i] >= 0 && octets[i] < ' ';
            odd += control && "\t\r\n\f\u001b".indexOf(octets[i]) < 0 ? 1 : 0;
        }
        return odd <= n / ODD_SHARE;
    }

    /// Bytes of the file in all, or -1 where that is not known.
    public long size() {
        return size;
    }

    /// Bytes read so far.
    public long position() {
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// SHA-256 of a file as it lies there, lower-case hex: what `case.json` names it by.
    public static String sha256(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            MessageDigest digest = Digests.sha256();
            byte[] octets = new byte[1 << 18]; // digests of arrays are faster than of buffers
            int n;
            while ((n = file.read(ByteBuffer.wrap(octets))) > 0) {
                digest.update(octets, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
