package io.hark.format.hpack;

import io.hark.bytes.Bytes;
import io.hark.format.hpack.HeaderTable.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the header blocks of one direction of an HTTP/3 connection, in any order: what a block
/// needs of the table comes in a stream of its own, and the block tells how much of it.
///
/// *Units*: what a block may expand to is bounded by [HpackReader#MAX_OCTETS].
///
/// *Thread*: one owner. *Source*: RFC 9204.
public final class QpackReader {

    /// The longest instruction: a field as large as a table.
    public static final int MAX_INSTRUCTION = HeaderTable.MAX_SIZE;

    private static final int ENTRY = 32; // the least octets of an entry (RFC 9204 §3.2.1)

    private static final List<Field> STATIC =
            StaticFields.of(
                    ":authority",
                    ":path=/",
                    "age=0",
                    "content-disposition",
                    "content-length=0",
                    "cookie",
                    "date",
                    "etag",
                    "if-modified-since",
                    "if-none-match",
                    "last-modified",
                    "link",
                    "location",
                    "referer",
                    "set-cookie",
                    ":method=CONNECT",
                    ":method=DELETE",
                    ":method=GET",
                    ":method=HEAD",
                    ":method=OPTIONS",
                    ":method=POST",
                    ":method=PUT",
                    ":scheme=http",
                    ":scheme=https",
                    ":status=103",
                    ":status=200",
                    ":status=304",
                    ":status=404",
                    ":status=503",
                    "accept=*/*",
                    "accept=application/dns-message",
                    "accept-encoding=gzip, deflate, br",
                    "accept-ranges=bytes",
                    "access-control-allow-headers=cache-control",
                    "access-control-allow-headers=content-type",
                    "access-control-allow-origin=*",
                    "cache-control=max-age=0",
                    "cache-control=max-age=2592000",
                    "cache-control=max-age=604800",
                    "cache-control=no-cache",
                    "cache-control=no-store",
                    "cache-control=public, max-age=31536000",
                    "content-encoding=br",
                    "content-encoding=gzip",
                    "content-type=application/dns-message",
                    "content-type=application/javascript",
                    "content-type=application/json",
                    "content-type=application/x-www-form-urlencoded",
                    "content-type=image/gif",
                    "content-type=image/jpeg",
                    "content-type=image/png",
                    "content-type=text/css",
                    "content-type=text/html; charset=utf-8",
                    "content-type=text/plain",
                    "content-type=text/plain;charset=utf-8",
                    "range=bytes=0-",
                    "strict-transport-security=max-age=31536000",
                    "strict-transport-security=max-age=31536000; includesubdomains",
                    "strict-transport-security=max-age=31536000; includesubdomains; preload",
                    "vary=accept-encoding",
                    "vary=origin",
                    "x-content-type-options=nosniff",
                    "x-xss-protection=1; mode=block",
                    ":status=100",
                    ":status=204",
                    ":status=206",
                    ":status=302",
                    ":status=400",
                    ":status=403",
                    ":status=421",
                    ":status=425",
                    ":status=500",
                    "accept-language",
                    "access-control-allow-credentials=FALSE",
                    "access-control-allow-credentials=TRUE",
                    "access-control-allow-headers=*",
                    "access-control-allow-methods=get",
                    "access-control-allow-methods=get, post, options",
                    "access-control-allow-methods=options",
                    "access-control-expose-headers=content-length",
                    "access-control-request-headers=content-type",
                    "access-control-request-method=get",
                    "access-control-request-method=post",
                    "alt-svc=clear",
                    "authorization",
                    "content-security-policy=script-src 'none'; object-src 'none'; base-uri 'none'",
                    "early-data=1",
                    "expect-ct",
                    "forwarded",
                    "if-range",
                    "origin",
                    "purpose=prefetch",
                    "server",
                    "timing-allow-origin=*",
                    "upgrade-insecure-requests=1",
                    "user-agent",
                    "x-forwarded-for",
                    "x-frame-options=deny",
                    "x-frame-options=sameorigin");

    private final HeaderTable table = new HeaderTable(0);
    private final Shown shown = new Shown(HpackReader.MAX_OCTETS);
    private int capacity = -1; // the receiver's limit, once it is known

    /// A reader whose table is empty, as at the start of a connection.
    public QpackReader() {}

    /// The receiver lets the table have so many octets at most.
    public void capacity(long octets) {
        capacity = (int) Math.min(octets, HeaderTable.MAX_SIZE);
    }

    /// How many fields have entered the table.
    public long inserted() {
        return table.inserted();
    }

    // ---- what fills the table (RFC 9204 §4.3)

    /// How long the instruction at the start is, or 0 where that cannot be told yet. Does not move.
    public static int instruction(Bytes head) {
        Bytes in = new Bytes().wrap(head);
        int first = in.u8();
        if (first >= 0x80) {
            Coding.number(in, first, 6);
            over(in, in.u8(), 7);
        } else if (first >= 0x40) {
            over(in, first, 5);
            over(in, in.u8(), 7);
        } else {
            Coding.number(in, first, 5);
        }
        return in.ok() ? in.offset() : 0;
    }

    private static void over(Bytes in, int first, int bits) {
        in.skip(Coding.number(in, first, bits));
    }

    /// Reads one whole instruction; what is wrong with it sticks to `in`.
    ///
    /// ```
    /// 1T index(6)  value      a name of a table (T: the one that everybody knows), a value
    /// 01H name(5)  value      a name and a value
    /// 001 size(5)             a new size of the table
    /// 000 index(5)            a field of the table once more
    /// ```
    public void learn(Bytes in) {
        int first = in.u8();
        if (first >= 0x80) {
            int index = Coding.number(in, first, 6);
            Field named = (first & 0x40) != 0 ? known(in, index) : recent(in, index);
            add(in, named.name(), Coding.string(in, in.u8(), 7));
        } else if (first >= 0x40) {
            String name = Coding.string(in, first, 5);
            add(in, name, Coding.string(in, in.u8(), 7));
        } else if (first >= 0x20) {
            int size = Coding.number(in, first, 5);
            if (size > HeaderTable.MAX_SIZE) {
                in.fail("a header table too large");
            } else if (in.ok()) {
                table.limit(size);
            }
        } else {
            Field again = recent(in, Coding.number(in, first, 5));
            add(in, again.name(), again.value());
        }
    }

    private void add(Bytes in, String name, String value) {
        if (in.ok()) {
            table.add(name, value);
        }
    }

    private Field recent(Bytes in, long index) {
        return found(in, table.get(index));
    }

    private static Field known(Bytes in, int index) {
        return found(in, index < STATIC.size() ? STATIC.get(index) : null);
    }

    private static Field found(Bytes in, @Nullable Field field) {
        if (field == null) {
            in.fail("an index behind the header table");
            return StaticFields.NONE;
        }
        return field;
    }

    // ---- blocks (RFC 9204 §4.5)

    /// Whether the table has all that the block at the cursor of `in` needs. Does not move.
    public boolean canRead(Bytes in) {
        Bytes block = new Bytes().wrap(in);
        return required(block) <= table.inserted();
    }

    private long required(Bytes in) {
        int encoded = Coding.number(in, in.u8(), 8);
        if (encoded == 0 || !in.ok()) {
            return 0;
        }
        int octets = capacity < 0 ? table.limit() : capacity;
        long entries = octets / ENTRY;
        long range = 2 * entries;
        if (encoded > range) {
            in.fail("a table that was not agreed");
            return 0;
        }
        long most = table.inserted() + entries;
        long required = most / range * range + encoded - 1;
        if (required > most) {
            required -= range;
        }
        if (required <= 0) {
            in.fail("a table that was not agreed");
        }
        return required;
    }

    /// Reads one whole block that it can read; what is wrong with it sticks to `block`.
    ///
    /// @return whether all its fields were shown
    public boolean read(Bytes block, FieldSink to) {
        shown.begin();
        long required = required(block);
        int sign = block.u8();
        int delta = Coding.number(block, sign, 7);
        long base = (sign & 0x80) == 0 ? required + delta : required - delta - 1;
        while (block.remaining() > 0) { // every turn reads an octet
            field(block, block.u8(), base, to);
        }
        return shown.isAll();
    }

    /// ```
    /// 1T index(6)                 a field of a table
    /// 0001 index(4)               a field that is behind the base
    /// 01NT index(4)   value       a name of a table and a value
    /// 0000N index(3)  value       a name that is behind the base and a value
    /// 001NH name(3)   value       a name and a value
    /// ```
    private void field(Bytes in, int first, long base, FieldSink to) {
        if (first >= 0x80) {
            int index = Coding.number(in, first, 6);
            Field field = (first & 0x40) != 0 ? known(in, index) : at(in, base - index - 1);
            shown.show(field.name(), field.value(), to);
        } else if (first >= 0x40) {
            int index = Coding.number(in, first, 4);
            Field named = (first & 0x10) != 0 ? known(in, index) : at(in, base - index - 1);
            literal(in, named.name(), to);
        } else if (first >= 0x20) {
            literal(in, Coding.string(in, first, 3), to);
        } else if (first >= 0x10) {
            Field field = at(in, base + Coding.number(in, first, 4));
            shown.show(field.name(), field.value(), to);
        } else {
            literal(in, at(in, base + Coding.number(in, first, 3)).name(), to);
        }
    }

    private void literal(Bytes in, String name, FieldSink to) {
        String value = Coding.string(in, in.u8(), 7);
        if (in.ok()) {
            shown.show(name, value, to);
        }
    }

    /// The field that entered the table as the `index`-th, from 0 on.
    private Field at(Bytes in, long index) {
        return recent(in, table.inserted() - 1 - index);
    }
}
