package io.hark.collect;

import io.hark.carry.Carried;
import io.hark.event.Endpoints;
import io.hark.event.OfConnection;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSink;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells which of the things that sensors tell of connections another sensor has told already.
///
/// The same thing is of the same kind, between the same ends, and says the same but for times and
/// ids, which are each sensor's own. A sensor may well tell it several times: each is taken the
/// first time that any sensor tells it so often. So what one sensor missed another one fills in,
/// and nothing is taken twice.
///
/// *Thread*: the lake's.
final class Twins {

    /// How long a thing is remembered: as long as a connection waits for its twins.
    private static final long KEPT_NANOS = 6 * Joining.WAIT_NANOS;

    /// Things that are remembered, some 200 octets each; then the eldest are forgotten.
    private static final int MAX_KEPT = 1 << 17;

    private static final Set<String> IDS =
            Set.of(
                    "ts",
                    "seen",
                    "uid",
                    "uids",
                    "fuid",
                    "fuids",
                    "orig_fuids",
                    "resp_fuids",
                    "sequence");

    private final Map<Thing, Told> things = new LinkedHashMap<>();

    /// A thing that was told.
    ///
    /// @param digest of what it says
    private record Thing(String kind, Endpoints id, long digest) {}

    /// How often it was told.
    private static final class Told {
        private final long since;
        private final Map<String, Integer> bySensor = new HashMap<>(2);
        private int most;

        Told(long since) {
            this.since = since;
        }
    }

    /// Whether no other sensor has told that event so often.
    boolean isNew(OfConnection event, String sensor, long nanos) {
        return isNew(event, event.id(), sensor, nanos);
    }

    /// Whether no other sensor has carried that piece so often.
    boolean isNew(Carried piece, String sensor, long nanos) {
        return isNew(piece, piece.id(), sensor, nanos);
    }

    private <R extends Stored> boolean isNew(R told, Endpoints id, String sensor, long nanos) {
        forget(nanos);
        Kind<R> kind = Kind.of(told);
        Digest digest = new Digest(kind.columns());
        kind.access().read(told, digest);
        Told so =
                things.computeIfAbsent(
                        new Thing(kind.name(), id, digest.value), _ -> new Told(nanos));
        int times = so.bySensor.merge(sensor, 1, Integer::sum);
        if (times <= so.most) {
            return false;
        }
        so.most = times;
        return true;
    }

    private void forget(long nanos) {
        var eldest = things.values().iterator();
        while (eldest.hasNext()) {
            if (nanos - eldest.next().since < KEPT_NANOS && things.size() < MAX_KEPT) {
                return;
            }
            eldest.remove();
        }
    }

    /// A digest of a row but for times and ids.
    private static final class Digest implements ValueSink {
        private static final long PRIME = 0x9e37_79b9_7f4a_7c15L; // 2^64 by the golden ratio

        private final List<Column> columns;
        private long value;

        Digest(List<Column> columns) {
            this.columns = columns;
        }

        private void mix(int column, long of) {
            Column its = columns.get(column);
            boolean isOwn =
                    its.unit() == Unit.TIME
                            || its.unit() == Unit.DURATION
                            || its.unit() == Unit.MAC // of another place of the network
                            || IDS.contains(its.name());
            if (!isOwn) {
                value = Long.rotateLeft((value ^ of + its.id()) * PRIME, 29);
            }
        }

        @Override
        public void number(int column, long number) {
            mix(column, number);
        }

        @Override
        public void real(int column, double number) {
            mix(column, Double.doubleToLongBits(number));
        }

        @Override
        public void flag(int column, boolean flag) {
            mix(column, flag ? 1 : 2);
        }

        @Override
        public void text(int column, String text) {
            mix(column, text.length() * PRIME + text.hashCode());
        }

        @Override
        public void addr(int column, Addr addr) {
            mix(column, addr.hi() * PRIME + addr.lo());
        }

        @Override
        public void bytes(int column, byte[] octets) {
            mix(column, octets.length * PRIME + Arrays.hashCode(octets));
        }

        @Override
        public void numbers(int column, long[] numbers) {
            mix(column, numbers.length * PRIME + Arrays.hashCode(numbers));
        }

        @Override
        public void texts(int column, List<String> texts) {
            mix(column, texts.size() * PRIME + texts.hashCode());
        }

        @Override
        public void addrs(int column, List<Addr> addrs) {
            mix(column, addrs.size() * PRIME + addrs.hashCode());
        }

        @Override
        public <R extends Stored> void rows(int column, List<R> rows, RecordAccess<R> access) {
            for (R row : rows) {
                Digest inner = new Digest(Kind.of(row).columns());
                access.read(row, inner);
                mix(column, inner.value);
            }
        }

        @Override
        public void absent(int column) {}
    }
}
