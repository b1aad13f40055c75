package io.hark.sensor;

import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.schema.Kind;
import io.hark.wire.Expectation;
import io.hark.wire.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what the merge hands on where it is not analysed here: puts events and carried pieces
/// together to shipments, in order.
///
/// *Thread*: the merge's.
final class Shipping implements Batch.Taker {

    /// Octets of rows that make a shipment, however little time has passed.
    private static final int FULL = 1 << 20;

    /// How long something may wait for more.
    private static final long WAIT_NANOS = 1_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final Consumer<Shipment> out;
    private final Repeats repeats = new Repeats();
    private final Gauges gauges;
    private List<Shipment.Row> rows = new ArrayList<>();
    private long octets;
    private long shipped = NEVER; // when, in packet time

    /// @param name what the sensor's own events call it
    /// @param out takes shipments
    Shipping(String name, Consumer<Shipment> out) {
        this.out = out;
        this.gauges = new Gauges(name, this::said);
    }

    @Override
    public @Nullable Event told(Event event) {
        return repeats.isNew(event) ? event : null;
    }

    @Override
    public void said(Event event) {
        event(event);
    }

    @Override
    public void row(int file, long nanos, byte[] text, int from, int to) {
        throw new IllegalStateException("a sensor that ships writes no logs");
    }

    @Override
    public void event(Event event) {
        if (Kind.of(event).detailOf() == null) { // those are for logs alone
            gauges.event();
            add(Shipment.Row.of(event));
        }
    }

    @Override
    public void carried(Carried carried) {
        add(Shipment.carried(carried));
    }

    private void add(Shipment.Row row) {
        rows.add(row);
        octets += row.row().length;
        if (octets >= FULL) {
            ship();
        }
    }

    @Override
    public void expectation(Expectation expectation) {} // among workers

    @Override
    public void meter(Meter all, boolean last) {
        gauges.read(all, last);
        long now = all.nanos();
        boolean isSetBack = now < shipped;
        if (last || shipped == NEVER || isSetBack || now - shipped >= WAIT_NANOS) {
            shipped = now;
            ship();
        }
    }

    private void ship() {
        if (!rows.isEmpty()) {
            out.accept(new Shipment(rows));
            rows = new ArrayList<>();
            octets = 0;
        }
    }
}
