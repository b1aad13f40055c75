package io.hark.inspect;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.BigEndian;
import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names what is in archives, and says whether it is encrypted: ZIP and what is built on it (jar,
/// docx, apk), tar, and the one name that gzip keeps.
///
/// Headers of members are read as they go by, contents are stepped over: nothing is ever unpacked,
/// so there is nothing that a bomb could fill.
///
/// *Thread*: one owner, the worker. *Source*: PKWARE APPNOTE 6.3.10 §4.3.7 (local file header),
/// §4.4.4 (flags); POSIX.1-2017 pax, ustar interchange format; RFC 1952 §2.3.
public final class Archives implements Inspector {

    /// The most members that are named.
    static final int MAX_MEMBERS = 100;

    /// The most octets of a name that are kept.
    static final int MAX_NAME = 256;

    private static final int LOCAL_HEADER = 30;
    private static final int LOCAL = 0x0403_4b50;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_BEHIND = 1 << 3; // a data descriptor follows the content
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_EXTRA = 1 << 2;
    private static final int GZIP_NAME = 1 << 3;
    private static final int BLOCK = 512; // of tar
    private static final int USTAR = 257; // where tar says that it is tar
    private static final String TAR = "ustar";
    private static final int MARK = 4; // octets that tell ZIP and gzip

    private final ArrayDeque<Archive> idle = new ArrayDeque<>();

    @Override
    public String name() {
        return "archives";
    }

    @Override
    public String about() {
        return "names of what is in ZIP, tar and gzip files";
    }

    @Override
    public @Nullable Reader body(String fuid, String source) {
        Archive used = idle.poll();
        return used == null ? new Archive() : used;
    }

    /// What the octets that are gathered are.
    private enum Part {
        START,
        TAR_START,
        ZIP_HEADER,
        ZIP_NAME,
        ZIP_SEARCH,
        TAR_HEADER,
        GZIP_HEADER,
        GZIP_NAME,
        NOTHING
    }

    /// One file; idle again after its end.
    private final class Archive implements Reader {

        private final byte[] head = new byte[BLOCK];
        private Part part = Part.START;
        private int filled;
        private int wanted = MARK;
        private long step; // octets to step over before more are gathered
        private List<String> members = List.of();
        private boolean encrypted;
        private int extra; // of the ZIP header at hand
        private long content;

        @Override
        public void bytes(Bytes piece) {
            byte[] octets = piece.array();
            int at = piece.base();
            int end = at + piece.length();
            while (at < end && part != Part.NOTHING) {
                if (step > 0) {
                    int over = (int) Math.min(step, end - at);
                    step -= over;
                    at += over;
                } else {
                    int more = Math.min(wanted - filled, end - at);
                    System.arraycopy(octets, at, head, filled, more);
                    filled += more;
                    at += more;
                    if (filled == wanted) {
                        gathered();
                    }
                }
            }
        }

        private boolean isGzip() {
            return head[0] == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
        }

        private void gathered() {
            switch (part) {
                case START -> start();
                case TAR_START -> tarStart();
                case ZIP_HEADER -> zipHeader();
                case ZIP_NAME -> zipName();
                case ZIP_SEARCH -> zipSearch();
                case TAR_HEADER -> tarHeader();
                case GZIP_HEADER -> gzipHeader();
                case GZIP_NAME -> gzipName();
                case NOTHING -> {}
            }
        }

        private void start() {
            if (leU32(0) == LOCAL) {
                goOn(Part.ZIP_HEADER, LOCAL_HEADER);
            } else if (isGzip()) {
                goOn(Part.GZIP_HEADER, GZIP_HEADER);
            } else {
                goOn(Part.TAR_START, USTAR + TAR.length());
            }
        }

        private void tarStart() {
            if (isTar()) {
                goOn(Part.TAR_HEADER, BLOCK);
            } else {
                part = Part.NOTHING;
            }
        }

        private boolean isTar() {
            return new String(head, USTAR, TAR.length(), StandardCharsets.ISO_8859_1).equals(TAR);
        }

        /// Gathers on behind what is there.
        private void goOn(Part next, int octets) {
            part = next;
            wanted = octets;
        }

        /// Gathers afresh, behind so many octets.
        private void next(Part next, long over, int octets) {
            filled = 0;
            step = over;
            part = next;
            wanted = octets;
        }

        // ---- ZIP

        private void zipHeader() {
            if (leU32(0) != LOCAL) {
                part = Part.NOTHING; // the central directory: all members have been named
                return;
            }
            int flags = leU16(6);
            encrypted |= (flags & ENCRYPTED) != 0;
            int name = leU16(26);
            extra = leU16(28);
            content = Integer.toUnsignedLong(leU32(18));
            if ((flags & SIZES_BEHIND) != 0 && content == 0 || content == 0xffff_ffffL) {
                content = -1;
            }
            // a name that is too long is no name: its rest is stepped over with the extra field
            int kept = Math.min(name, MAX_NAME);
            extra += name - kept;
            if (kept == 0) {
                zipContent();
            } else {
                next(Part.ZIP_NAME, 0, kept);
            }
        }

        private void zipName() {
            if (add(wanted)) {
                zipContent();
            }
        }

        private void zipContent() {
            if (content >= 0) {
                next(Part.ZIP_HEADER, extra + content, LOCAL_HEADER);
            } else {
                next(Part.ZIP_SEARCH, extra, 4);
            }
        }

        /// The size is not known: the next header is looked for by its mark.
        private void zipSearch() {
            if (leU32(0) == LOCAL) {
                goOn(Part.ZIP_HEADER, LOCAL_HEADER);
            } else if (leU32(0) == 0x0201_4b50) {
                part = Part.NOTHING;
            } else {
                int keep = head[3] == 'P' ? 1 : head[2] == 'P' ? 2 : head[1] == 'P' ? 3 : 0;
                System.arraycopy(head, 4 - keep, head, 0, keep);
                filled = keep;
            }
        }

        // ---- tar

        private void tarHeader() {
            if (!isTar()) {
                part = Part.NOTHING; // two blocks of zeros at the end
                return;
            }
            long size = octal(124, 11);
            int type = head[156];
            if (size < 0) {
                part = Part.NOTHING;
                return;
            }
            boolean isMember = type != 'x' && type != 'g' && type != 'L' && type != 'K';
            if (isMember && !add(until(0, 100))) {
                return;
            }
            next(Part.TAR_HEADER, (size + BLOCK - 1) / BLOCK * BLOCK, BLOCK);
        }

        private long octal(int at, int digits) {
            long value = 0;
            for (int i = at; i < at + digits && head[i] != 0 && head[i] != ' '; i++) {
                if (head[i] < '0' || head[i] > '7') {
                    return -1;
                }
                value = value << 3 | head[i] - '0';
            }
            return value;
        }

        private int until(int from, int most) {
            int end = from;
            while (end < from + most && head[end] != 0) {
                end++;
            }
            return end - from;
        }

        // ---- gzip

        private void gzipHeader() {
            int flags = head[3];
            if ((flags & GZIP_NAME) == 0 || (flags & GZIP_EXTRA) != 0) {
                part = Part.NOTHING;
            } else {
                next(Part.GZIP_NAME, 0, 1);
            }
        }

        private void gzipName() {
            if (head[filled - 1] == 0 || filled == MAX_NAME) {
                if (add(until(0, filled))) {
                    part = Part.NOTHING; // there is only one
                }
            } else {
                wanted = filled + 1;
            }
        }

        // ---- all

        /// Notes a name; false if that was the last one to be noted.
        private boolean add(int length) {
            if (members.isEmpty()) {
                members = new ArrayList<>();
            }
            members.add(new String(head, 0, length, StandardCharsets.UTF_8));
            if (members.size() == MAX_MEMBERS) {
                part = Part.NOTHING;
                return false;
            }
            return true;
        }

        private int leU16(int at) {
            return Short.toUnsignedInt(Short.reverseBytes((short) BigEndian.u16(head, at)));
        }

        private int leU32(int at) {
            return Integer.reverseBytes((int) BigEndian.u32(head, at));
        }

        @Override
        public void gap(long bytes) {
            if (step >= bytes) {
                step -= bytes; // inside a content
            } else {
                part = Part.NOTHING;
            }
        }

        @Override
        public void end(boolean whole, FileNotes notes) {
            if (!members.isEmpty()) {
                notes.members = List.copyOf(members);
                notes.encrypted = encrypted;
            }
            members = List.of();
            encrypted = false;
            part = Part.START;
            filled = 0;
            wanted = MARK;
            step = 0;
            idle.push(this);
        }
    }
}
