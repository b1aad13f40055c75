package io.hark.parse.netflow;

import io.hark.bytes.Bytes;
import io.hark.event.FlowElement;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The elements of one record: in wire order to be shown, and by their numbers to be asked for.
///
/// *Thread*: the worker that owns the exporters; used again for every record.
final class FlowRecord {

    private static final int NUMBERS = 2 * Element.REVERSED;

    private final List<FlowElement> elements = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>(); // how often each came
    private final long[] numbers = new long[NUMBERS];
    private final @Nullable Addr[] addresses = new @Nullable Addr[NUMBERS];
    private final int[] generations = new int[NUMBERS]; // a value of an older one is forgotten
    private int generation;

    /// Forgets the record before.
    FlowRecord clear() {
        elements.clear();
        names.clear();
        if (++generation == Integer.MAX_VALUE) {
            Arrays.fill(generations, 0);
            generation = 1;
        }
        return this;
    }

    /// Everything, in wire order.
    List<FlowElement> elements() {
        return elements;
    }

    // ---- what it is made of

    /// Takes a value that is not asked for. A name that comes again gets a number.
    FlowRecord add(FlowElement element) {
        int times = names.merge(element.name(), 1, Integer::sum);
        if (times == 1) {
            elements.add(element);
        } else {
            String name = element.name() + "_" + times;
            elements.add(new FlowElement(name, element.number(), element.real(), element.text()));
        }
        return this;
    }

    /// Takes an integer.
    FlowRecord add(int iana, long value) {
        keep(iana, value, null);
        return add(FlowElement.of(Element.of(0, iana).name(), value));
    }

    /// Takes an address.
    FlowRecord add(int iana, Addr value) {
        keep(iana, 0, value);
        return add(FlowElement.of(Element.of(0, iana).name(), value.toString()));
    }

    /// Takes the field at the cursor.
    void read(Element element, Bytes in, int length) {
        int iana = element.iana();
        if (element.type() == Element.Type.IPV4 && length == 4) {
            address(element, iana, Addr.v4((int) in.u32()));
        } else if (element.type() == Element.Type.IPV6 && length == 16) {
            address(element, iana, new Addr(in.u64(), in.u64()));
        } else {
            FlowElement value = FieldReader.read(element, in, length);
            if (value.number() != null) {
                keep(iana, value.number(), null);
            }
            add(value);
        }
    }

    private void address(Element element, int iana, Addr value) {
        keep(iana, 0, value);
        add(FlowElement.of(element.name(), value.toString()));
    }

    private void keep(int iana, long number, @Nullable Addr address) {
        if (iana >= 0 && !has(iana)) {
            generations[iana] = generation;
            numbers[iana] = number;
            addresses[iana] = address;
        }
    }

    // ---- what is asked for

    /// Whether it has that element, as a number or an address.
    boolean has(int iana) {
        return generations[iana] == generation;
    }

    /// The first of these that it has, as a number; null if it has none.
    @Nullable Long number(int... ianas) {
        for (int iana : ianas) {
            if (has(iana)) {
                return numbers[iana];
            }
        }
        return null;
    }

    /// The same, where a number is due that an `int` holds: ports, flags.
    @Nullable Integer small(int... ianas) {
        Long number = number(ianas);
        return number == null ? null : Math.clamp(number, 0, Integer.MAX_VALUE);
    }

    /// The first of these addresses that is one: records of both IP versions leave one empty.
    @Nullable Addr address(int... ianas) {
        Addr found = null;
        for (int iana : ianas) {
            Addr address = has(iana) ? addresses[iana] : null;
            if (address != null && (found == null || isNobody(found))) {
                found = address;
            }
        }
        return found;
    }

    private static boolean isNobody(Addr address) {
        return address.isV4() ? address.v4Bits() == 0 : address.hi() == 0 && address.lo() == 0;
    }
}
