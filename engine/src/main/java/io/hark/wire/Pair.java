package io.hark.wire;

/// Who a [Minute] is about: two addresses in the order of who speaks, and what keeps apart those of
/// the same numbers.
///
/// *Shape*: one that is looked up with is used again; one that is kept is a [#copy]. A v4 address
/// lies mapped in the low word.
final class Pair {

    private static final long MAPPED = 0xffff_0000_0000L;

    long fromHi;
    long fromLo;
    long toHi;
    long toLo;

    /// A number of the tunnel, the VLAN or the kind.
    long apart;

    Pair set(long speakerHi, long speakerLo, long otherHi, long otherLo, long apartBy) {
        fromHi = speakerHi;
        fromLo = speakerLo;
        toHi = otherHi;
        toLo = otherLo;
        apart = apartBy;
        return this;
    }

    /// The low word of a v4 address.
    static long mapped(long bits) {
        return MAPPED | bits & 0xffff_ffffL;
    }

    /// The same two, the other one speaking.
    Pair turn(Pair other) {
        return set(other.toHi, other.toLo, other.fromHi, other.fromLo, other.apart);
    }

    Pair copy() {
        return new Pair().set(fromHi, fromLo, toHi, toLo, apart);
    }

    @Override
    public int hashCode() {
        long h = Shards.mix(fromHi + Shards.mix(fromLo));
        h = Shards.mix(h + toHi + Shards.mix(toLo) * 31 + apart);
        return (int) (h >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pair p
                && p.fromHi == fromHi
                && p.fromLo == fromLo
                && p.toHi == toHi
                && p.toLo == toLo
                && p.apart == apart;
    }
}
