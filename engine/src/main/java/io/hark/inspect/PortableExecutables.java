package io.hark.inspect;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import io.hark.format.PeHeader;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Reads the headers of Windows programs. Of other files two octets are looked at.
///
/// *Thread*: one owner, the worker.
public final class PortableExecutables implements Inspector {

    private static final int MAX_IDLE = 8; // buffers kept for the next programs
    private static final int MARK = 2; // octets that tell whether it may be one

    private final ArrayDeque<byte[]> idle = new ArrayDeque<>();

    @Override
    public String name() {
        return "pe";
    }

    @Override
    public String about() {
        return "headers of Windows programs: machine, time of making, sections, protections";
    }

    @Override
    public @Nullable Reader body(String fuid, String source) {
        return new Program();
    }

    private final class Program implements Reader {

        private byte[] octets = new byte[MARK];
        private int length;
        private boolean over; // no program, or cut: what follows is not looked at

        @Override
        public void bytes(Bytes piece) {
            int at = 0;
            while (!over && at < piece.length()) {
                int taken = Math.min(octets.length - length, piece.length() - at);
                piece.copyTo(at, octets, length, taken);
                length += taken;
                at += taken;
                if (length == MARK && octets.length == MARK) {
                    begin();
                } else {
                    over = length == octets.length;
                }
            }
        }

        private void begin() {
            over = !PeHeader.begins(octets, length);
            if (!over) {
                byte[] used = idle.poll();
                byte[] room = used == null ? new byte[PeHeader.MAX_BYTES] : used;
                System.arraycopy(octets, 0, room, 0, length);
                octets = room;
            }
        }

        @Override
        public void gap(long bytes) {
            over = true;
        }

        @Override
        public void end(boolean whole, FileNotes notes) {
            if (octets.length > MARK) {
                notes.program = PeHeader.read(octets, length);
                if (idle.size() < MAX_IDLE) {
                    idle.push(octets);
                }
            }
        }
    }
}
