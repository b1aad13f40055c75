package io.hark.wire;

import com.github.luben.zstd.ZstdInputStream;
import io.hark.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/// One capture file, opened and unpacked: plain, gzip or zstd, recognised by content; `-` is
/// standard input.
///
/// *Thread*: one owner.
public final class Input implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final ReadableByteChannel channel;
    private final long size;
    private long read;

    private Input(String name, ReadableByteChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    /// Opens the file.
    ///
    /// @throws UserError if there is no such file, or it cannot be read
    public static Input open(Path path) {
        try {
            if (path.toString().equals("-")) {
                return unpack("-", new BufferedInputStream(System.in, BUFFER), -1);
            }
            if (Files.isDirectory(path)) {
                throw new UserError(path + " is a folder: name the capture files in it");
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
        } catch (IOException e) {
            throw new UserError("cannot open " + path + ": " + e.getMessage(), e);
        }
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

    /// What the user calls it.
    public String name() {
        return name;
    }

    /// Reads into `buffer`; -1 at the end.
    int read(ByteBuffer buffer) throws IOException {
        int n = channel.read(buffer);
        read += Math.max(0, n);
        return n;
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
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] octets = new byte[1 << 18]; // digests of arrays are faster than of buffers
            int n;
            while ((n = file.read(ByteBuffer.wrap(octets))) > 0) {
                digest.update(octets, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
