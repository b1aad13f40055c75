package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.FlowElement;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads sFlow datagrams: samples of packets, and counters of interfaces.
///
/// ```
/// version 4 · agent's address: type 4, 4 or 16 · sub agent 4 · sequence 4 · up time 4 · samples 4
/// sample  enterprise 20 bits, format 12 · length 4 · …
/// ```
///
/// *Source*: sflow.org, *sFlow Version 5*, July 2004, §5. *Thread*: the worker that owns the
/// connection.
final class SflowSession implements DatagramParser.Session {

    private static final int VERSION = 5;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int MAX_SAMPLES = 256; // of a datagram: each has eight octets at least
    private static final int MAX_RECORDS = 64; // of a sample: there are some forty formats
    private static final int MAX_AGENTS = 256; // sub agents whose sequence is followed

    private static final int FLOW_SAMPLE = 1;
    private static final int COUNTERS_SAMPLE = 2;
    private static final int EXPANDED_FLOW_SAMPLE = 3;
    private static final int EXPANDED_COUNTERS_SAMPLE = 4;

    private static final int NO_INTERFACE = 0x3fff_ffff;

    private final Connection connection;
    private final Columns columns;
    private final FlowRecord record = new FlowRecord();
    private final Map<Long, Sequence> sequences = new LinkedHashMap<>();

    SflowSession(Connection connection, Columns columns) {
        this.connection = connection;
        this.columns = columns;
    }

    /// Whether it has the head of one, and a first sample that lies within it.
    static boolean isDatagram(Bytes payload) {
        long type = payload.peekU32(4);
        if (payload.peekU32(0) != VERSION || type != IPV4 && type != IPV6) {
            return false;
        }
        int samples = 8 + (type == IPV4 ? 4 : 16) + 12;
        long count = payload.peekU32(samples);
        long length = payload.peekU32(samples + 8);
        return count == 0
                || count > 0 && count <= MAX_SAMPLES && length >= 8 && length <= payload.length();
    }

    @Override
    public boolean takes(Bytes payload, Side side) {
        return isDatagram(payload);
    }

    @Override
    public void datagram(Bytes in, Side side) {
        in.skip(4);
        Addr agent = address(in);
        long subAgent = in.u32();
        long sequence = in.u32();
        in.skip(4); // up time: no sample tells time by it
        long count = in.u32();
        if (!in.ok()) {
            return;
        }
        connection.confirm();
        follow(subAgent, sequence);
        Columns.Around around =
                new Columns.Around(
                        connection.now(),
                        connection.uid(),
                        agent,
                        "sflow",
                        VERSION,
                        sequence,
                        subAgent,
                        0);
        for (long i = 0; i < Math.min(count, MAX_SAMPLES) && in.remaining() > 0; i++) {
            sample(in, around);
        }
    }

    private void follow(long subAgent, long number) {
        Sequence sequence = sequences.get(subAgent);
        if (sequence == null) {
            if (sequences.size() == MAX_AGENTS) {
                return;
            }
            sequence = new Sequence();
            sequences.put(subAgent, sequence);
        }
        long missing = sequence.missing(number);
        if (missing > 0) {
            connection.anomaly("flow_sequence_gap", missing + " messages missing");
        }
        sequence.heard(number, 1);
    }

    private void sample(Bytes in, Columns.Around around) {
        long format = in.u32();
        int outer = in.limit(in.u32());
        record.clear();
        if (format == FLOW_SAMPLE || format == EXPANDED_FLOW_SAMPLE) {
            flow(in, format == EXPANDED_FLOW_SAMPLE, around);
        } else if (format == COUNTERS_SAMPLE || format == EXPANDED_COUNTERS_SAMPLE) {
            counters(in, format == EXPANDED_COUNTERS_SAMPLE, around);
        }
        in.unlimit(outer);
    }

    private void flow(Bytes in, boolean expanded, Columns.Around around) {
        in.skip(4); // the sampler's own sequence
        source(in, expanded);
        long rate = in.u32();
        in.skip(4); // packets that could have been sampled
        long drops = in.u32();
        long inFormat = expanded ? in.u32() : 0;
        long input = in.u32();
        long outFormat = expanded ? in.u32() : 0;
        long output = in.u32();
        if (inFormat == 0 && input < NO_INTERFACE) {
            record.add(Iana.IN_INTERFACE, input);
        }
        if (outFormat == 0 && output < NO_INTERFACE) {
            record.add(Iana.OUT_INTERFACE, output);
        }
        record.add(Iana.SAMPLING_INTERVAL, rate).add(FlowElement.of("drops", drops));
        long count = in.u32();
        for (long i = 0; i < Math.min(count, MAX_RECORDS) && in.remaining() > 0; i++) {
            long format = in.u32();
            int outer = in.limit(in.u32());
            SflowRecords.flow(format, in, record);
            in.unlimit(outer);
        }
        if (in.ok()) {
            Long one = rate > 0 ? Long.valueOf(rate) : null;
            connection.emit(columns.flow(around, "sample", null, record, one));
        }
    }

    private void counters(Bytes in, boolean expanded, Columns.Around around) {
        in.skip(4);
        source(in, expanded);
        long count = in.u32();
        for (long i = 0; i < Math.min(count, MAX_RECORDS) && in.remaining() > 0; i++) {
            long format = in.u32();
            int outer = in.limit(in.u32());
            SflowRecords.counters(format, in, record);
            in.unlimit(outer);
        }
        if (in.ok()) {
            connection.emit(columns.flow(around, "counters", null, record, null));
        }
    }

    /// What the samples are of: an interface, a VLAN, an entity.
    private void source(Bytes in, boolean expanded) {
        long source = in.u32();
        long type = expanded ? source : source >>> 24;
        long index = expanded ? in.u32() : source & 0xff_ffff;
        record.add(FlowElement.of("dataSourceType", type));
        record.add(FlowElement.of("dataSourceIndex", index));
    }

    /// A type, and an address of that type; nobody's where it is none.
    static Addr address(Bytes in) {
        long type = in.u32();
        if (type == IPV6) {
            return new Addr(in.u64(), in.u64());
        }
        return Addr.v4(type == IPV4 ? (int) in.u32() : 0);
    }
}
