package io.hark.parse.netflow;

import io.hark.bytes.Bytes;
import io.hark.schema.Addr;

/// Reads NetFlow v5, which has one form for all records.
///
/// ```
/// version 2 · count 2 · up time 4 · seconds 4 · nanoseconds 4 · sequence 4 · engine type 1, id 1 · sampling 2
/// source 4 · destination 4 · next hop 4 · in 2 · out 2 · packets 4 · octets 4 · first 4 · last 4
///   · ports 2, 2 · 1 · flags 1 · protocol 1 · TOS 1 · AS 2, 2 · prefix lengths 1, 1 · 2
/// ```
///
/// *Source*: Cisco, *NetFlow Export Datagram Format*, tables B-3 and B-4.
final class Version5 {

    static final int HEADER = 24;
    static final int RECORD = 48;
    static final int MAX_RECORDS = 30;

    private final Bytes in;
    private final ExportHeader header;
    private final int sampling;

    /// Over a message whose head was read.
    Version5(Bytes in, ExportHeader header) {
        this.in = in;
        this.header = header;
        this.sampling = Math.max(0, in.peekU16(HEADER - 2));
    }

    /// Reads the head. Its domain is the engine: type × 256 + id.
    static ExportHeader header(Bytes in) {
        in.skip(4);
        long up = in.u32();
        long millis = in.u32() * 1000 + in.u32() / 1_000_000;
        long sequence = in.u32();
        int engine = in.u16();
        in.skip(2);
        return new ExportHeader(ExportHeader.V5, millis, up, sequence, engine);
    }

    /// Reads one record into `record`; false where there is none.
    boolean next(FlowRecord record) {
        if (in.remaining() < RECORD) {
            in.fail("ends early");
            return false;
        }
        record.add(Iana.SOURCE_V4, Addr.v4((int) in.u32()))
                .add(Iana.DESTINATION_V4, Addr.v4((int) in.u32()))
                .add(Iana.NEXT_HOP_V4, Addr.v4((int) in.u32()))
                .add(Iana.IN_INTERFACE, in.u16())
                .add(Iana.OUT_INTERFACE, in.u16())
                .add(Iana.PACKET_DELTA, in.u32())
                .add(Iana.OCTET_DELTA, in.u32())
                .add(Iana.START_MILLIS, header.moment(in.u32()))
                .add(Iana.END_MILLIS, header.moment(in.u32()))
                .add(Iana.SOURCE_PORT, in.u16())
                .add(Iana.DESTINATION_PORT, in.u16());
        in.skip(1);
        record.add(Iana.TCP_FLAGS, in.u8())
                .add(Iana.PROTOCOL, in.u8())
                .add(Iana.CLASS_OF_SERVICE, in.u8())
                .add(Iana.SOURCE_AS, in.u16())
                .add(Iana.DESTINATION_AS, in.u16())
                .add(Iana.SOURCE_V4_PREFIX, in.u8())
                .add(Iana.DESTINATION_V4_PREFIX, in.u8());
        in.skip(2);
        record.add(Iana.ENGINE_TYPE, header.domain() >>> 8)
                .add(Iana.ENGINE_ID, header.domain() & 0xff)
                .add(Iana.SAMPLING_ALGORITHM, sampling >>> 14)
                .add(Iana.SAMPLING_INTERVAL, sampling & 0x3fff);
        return true;
    }
}
