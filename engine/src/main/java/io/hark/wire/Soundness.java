package io.hark.wire;

import io.hark.event.Side;

/// Looks at transport checksums where the whole packet is there, and tells packets that were
/// damaged from those whose checksum the sender's card writes later.
///
/// *Thread*: one owner, the worker.
final class Soundness {

    /// A TCP header with all options: what is longer has a payload. Cards that write checksums may
    /// still leave those of bare headers to the host.
    private static final int TCP_HEADER_AT_MOST = 60;

    private static final int OTHER_HEADER = 8;

    private final Setup.Checksums how;
    private long bad;

    Soundness(Setup.Checksums how) {
        this.how = how;
    }

    /// Packets that were taken for damaged.
    long bad() {
        return bad;
    }

    /// Whether a packet's receiver takes notice of it.
    boolean isSound(Flow flow, Chunk c, int i, Side side, int protocol) {
        int length = c.transportLength[i];
        boolean summed =
                protocol == Layers.TCP
                        || protocol == Layers.UDP
                        || protocol == Icmp.V4
                        || protocol == Icmp.V6;
        if (!summed
                || how == Setup.Checksums.IGNORE
                || c.transportCaptured[i] < length
                || (c.flags[i] & Chunk.UNSUMMED) != 0) {
            return true;
        }
        if (Checksum.isRight(c, i)) {
            if (length > (protocol == Layers.TCP ? TCP_HEADER_AT_MOST : OTHER_HEADER)) {
                flow.half(side).sums++;
            }
            return true;
        }
        boolean writesThem = flow.half(side).sums-- > 0;
        if (how == Setup.Checksums.AUTO && !writesThem) {
            return true;
        }
        bad++;
        flow.historyScaled(side, ++flow.half(side).trouble().badChecksums, 'C');
        return false;
    }
}
