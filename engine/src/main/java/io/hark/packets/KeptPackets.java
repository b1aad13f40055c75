package io.hark.packets;

import com.github.luben.zstd.ZstdInputStream;
import io.hark.wire.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The packets that a case keeps, read again: of all sections only those that may have what is
/// looked for.
///
/// *Thread*: one owner.
public final class KeptPackets {

    private static final int BUFFER = 1 << 16;
    private static final int DIGITS = 6; // of a file's number

    private final List<Path> files;

    private KeptPackets(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /// Those in that folder; none where it is not there.
    public static KeptPackets in(Path folder) throws IOException {
        return new KeptPackets(files(folder));
    }

    /// The files in that folder by number: the order in which they were kept.
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(KeptPackets::isCapture).sorted().toList();
        }
    }

    /// The number that a file is called by.
    static int number(Path capture) {
        return Integer.parseInt(capture.getFileName().toString().substring(0, DIGITS));
    }

    private static boolean isCapture(Path path) {
        return path.getFileName().toString().matches("[0-9]{6}\\.pcapng(\\.zst)?");
    }

    static Path indexOf(Path capture) {
        String name = capture.getFileName().toString();
        return capture.resolveSibling(name.substring(0, name.indexOf('.')) + ".index");
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /// A part of a file: a section, or what lies behind the last that its index tells of.
    private record Part(Path file, long offset, long length) {}

    /// One capture of all sections that may have packets of what is sought, in their order.
    public Input open(List<Sought> sought) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Path file : files) {
            long told = 0;
            for (Section section : index(indexOf(file))) {
                told = section.offset() + section.length();
                if (section.mayHave(sought)) {
                    parts.add(new Part(file, section.offset(), section.length()));
                }
            }
            long size = Files.size(file);
            if (size > told) { // a section that was being written when its writer ended
                parts.add(new Part(file, told, size - told));
            }
        }
        return Input.of("the packets of the case", new Sections(parts.iterator()));
    }

    private static List<Section> index(Path path) throws IOException {
        List<Section> sections = new ArrayList<>();
        if (Files.exists(path)) {
            ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(path));
            for (Section s = Section.next(octets); s != null; s = Section.next(octets)) {
                sections.add(s);
            }
        }
        return sections;
    }

    /// Parts, one behind the other, unpacked: each begins a capture, so all are one.
    private static final class Sections extends InputStream {

        private final Iterator<Part> parts;
        private InputStream at = InputStream.nullInputStream();

        Sections(Iterator<Part> parts) {
            this.parts = parts;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            while (true) {
                int n = at.read(to, from, length);
                if (n >= 0 || !parts.hasNext()) {
                    return n;
                }
                at.close();
                at = stream(parts.next());
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public void close() throws IOException {
            at.close();
        }

        private static InputStream stream(Part part) throws IOException {
            InputStream stream = new BufferedInputStream(new Octets(part), BUFFER);
            return part.file().toString().endsWith(".zst")
                    ? new ZstdInputStream(stream).setContinuous(true)
                    : stream;
        }
    }

    /// A part as it lies on the disk.
    private static final class Octets extends InputStream {

        private final FileChannel file;
        private long at;
        private long left;

        Octets(Part part) throws IOException {
            this.file = FileChannel.open(part.file());
            this.at = part.offset();
            this.left = part.length();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int most = (int) Math.min(length, left);
            int n = most == 0 ? -1 : file.read(ByteBuffer.wrap(to, from, most), at);
            at += Math.max(0, n);
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
