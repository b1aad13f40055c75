package io.hark.sensor;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Mail;
import io.hark.carry.StreamPiece;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Event;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a sensor says at once: events and carried pieces, in the order in which the merge had them.
///
/// ```
/// rows    4   how many there are
/// packed  …   zstd of this record, as [Codec] writes it
/// ```
///
/// *Thread*: immutable, any.
public record Shipment(List<Row> rows) implements Stored {

    /// Octets of one shipment at most, packed: a collector takes it as one piece.
    public static final int MAX_PACKED = 4 << 20;

    /// Octets of its rows at most, unpacked: several times what a sensor puts into one, so that a
    /// larger one is none of a sensor's.
    static final int MAX_PLAIN = 64 << 20;

    private static final int HEAD = 4;
    private static final int LEVEL = 3; // zstd's own default
    private static final Kind<Shipment> KIND = Kind.of(Shipment.class);

    /// An event or a carried piece.
    ///
    /// @param kind name of its kind
    /// @param row itself, as [Codec] writes it
    public record Row(String kind, byte[] row) implements Stored {

        /// One of an event.
        public static <R extends Stored> Row of(R said) {
            Kind<R> kind = Kind.of(said);
            return new Row(kind.name(), Codec.write(kind, said));
        }
    }

    private static final class Known {
        static final Map<String, Kind<? extends Event>> EVENTS =
                Wanted.everyKind().stream()
                        .collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));
        static final Map<String, Kind<? extends Carried>> CARRIED =
                Stream.<Class<? extends Carried>>of(
                                StreamPiece.class,
                                Datagram.class,
                                HttpExchange.class,
                                DnsTransaction.class,
                                EchoPayload.class,
                                WebSocketMessage.class,
                                Mail.class,
                                FilePiece.class)
                        .map(Kind::of)
                        .collect(Collectors.toUnmodifiableMap(Shipment::carriedName, kind -> kind));
    }

    /// Keeps its own copy.
    public Shipment {
        rows = List.copyOf(rows);
    }

    /// Carried pieces and events may have the same name: `dns`.
    private static String carriedName(Kind<?> kind) {
        return "carried " + kind.name();
    }

    static Row carried(Carried piece) {
        Row row = Row.of(piece);
        return new Row(carriedName(Kind.of(piece)), row.row());
    }

    /// As it is spooled and sent.
    public byte[] pack() {
        byte[] packed = Zstd.compress(Codec.write(KIND, this), LEVEL);
        return ByteBuffer.allocate(HEAD + packed.length).putInt(rows.size()).put(packed).array();
    }

    /// How many rows a packed shipment says it has; -1 for none that could be one.
    public static long rowsIn(byte[] packed) {
        return packed.length < HEAD ? -1 : ByteBuffer.wrap(packed).getInt();
    }

    /// Reads what [#pack] made; null where it is nothing of the kind. It comes from another
    /// machine.
    public static @Nullable Shipment unpack(byte[] packed) {
        if (packed.length <= HEAD) {
            return null;
        }
        ByteBuffer body = ByteBuffer.wrap(packed);
        int rows = body.getInt();
        byte[] zstd = new byte[body.remaining()];
        body.get(zstd);
        long size = Zstd.getFrameContentSize(zstd);
        if (size < 0 || size > MAX_PLAIN) {
            return null;
        }
        try {
            Shipment shipment = Codec.readWhole(KIND, Zstd.decompress(zstd, (int) size), -1, 0);
            return shipment.rows.size() == rows ? shipment : null;
        } catch (ZstdException | IllegalArgumentException e) {
            return null; // the caller counts it: one who sends such a thing is no sensor of ours
        }
    }

    /// Gives out what is in it, in order.
    ///
    /// @param seen when it came: what was not heard of before was not seen here before, and a
    ///   sensor's clock, or a day in its spool, moves no timer of ours
    /// @param event takes the events
    /// @param piece takes the carried pieces
    /// @return how many rows nobody here can read: a later Hark's, or made up
    public int forEach(long seen, Consumer<Event> event, Consumer<Carried> piece) {
        int strange = 0;
        for (Row row : rows) {
            Event said = read(Known.EVENTS.get(row.kind), row, seen);
            Carried carried = said == null ? read(Known.CARRIED.get(row.kind), row, seen) : null;
            if (said != null) {
                event.accept(said);
            } else if (carried != null) {
                piece.accept(carried);
            } else {
                strange++;
            }
        }
        return strange;
    }

    private static <R extends Stored> @Nullable R read(@Nullable Kind<R> kind, Row row, long seen) {
        if (kind == null) {
            return null;
        }
        try {
            return Codec.readWhole(kind, row.row, kind.column("seen"), seen);
        } catch (IllegalArgumentException e) {
            return null; // counted by the caller
        }
    }
}
