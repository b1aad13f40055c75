package io.hark.format.hpack;

import io.hark.bytes.Bytes;
import io.hark.format.hpack.HeaderTable.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the header blocks of one direction of an HTTP/2 connection, in their order.
///
/// *Units*: what a block may expand to is bounded by [#MAX_OCTETS]; fields beyond it are still
/// entered into the table, so that later blocks are read right, but shown to nobody.
///
/// *Thread*: one owner. *Source*: RFC 7541.
public final class HpackReader {

    /// The most octets of names and values that one block shows: browsers and servers take 16 to 64
    /// KB. A block of a few octets could refer to a large one of the table again and again.
    public static final int MAX_OCTETS = 1 << 17;

    private static final int DEFAULT_SIZE = 4096; // RFC 9113 §6.5.2

    private static final List<Field> STATIC =
            StaticFields.of(
                    ":authority",
                    ":method=GET",
                    ":method=POST",
                    ":path=/",
                    ":path=/index.html",
                    ":scheme=http",
                    ":scheme=https",
                    ":status=200",
                    ":status=204",
                    ":status=206",
                    ":status=304",
                    ":status=400",
                    ":status=404",
                    ":status=500",
                    "accept-charset",
                    "accept-encoding=gzip, deflate",
                    "accept-language",
                    "accept-ranges",
                    "accept",
                    "access-control-allow-origin",
                    "age",
                    "allow",
                    "authorization",
                    "cache-control",
                    "content-disposition",
                    "content-encoding",
                    "content-language",
                    "content-length",
                    "content-location",
                    "content-range",
                    "content-type",
                    "cookie",
                    "date",
                    "etag",
                    "expect",
                    "expires",
                    "from",
                    "host",
                    "if-match",
                    "if-modified-since",
                    "if-none-match",
                    "if-range",
                    "if-unmodified-since",
                    "last-modified",
                    "link",
                    "location",
                    "max-forwards",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "range",
                    "referer",
                    "refresh",
                    "retry-after",
                    "server",
                    "set-cookie",
                    "strict-transport-security",
                    "transfer-encoding",
                    "user-agent",
                    "vary",
                    "via",
                    "www-authenticate");

    private final HeaderTable table = new HeaderTable(DEFAULT_SIZE);
    private final Shown shown = new Shown(MAX_OCTETS);

    /// A reader whose table is empty, as at the start of a connection.
    public HpackReader() {}

    /// Reads one whole block; what is wrong with it sticks to `block`, and the blocks behind it
    /// cannot be read.
    ///
    /// @return whether all its fields were shown
    public boolean read(Bytes block, FieldSink to) {
        shown.begin();
        while (block.remaining() > 0) { // every turn reads an octet
            field(block, block.u8(), to);
        }
        return shown.isAll();
    }

    /// ```
    /// 1 index(7)                           a field of a table
    /// 01 index(6) [name] value             a value that enters the table
    /// 001 size(5)                          a new size of the table
    /// 000x index(4) [name] value           a value that does not enter it
    /// ```
    private void field(Bytes in, int first, FieldSink to) {
        if (first >= 0x80) {
            Field known = known(in, Coding.number(in, first, 7));
            shown.show(known.name(), known.value(), to);
        } else if (first >= 0x40) {
            String name = name(in, Coding.number(in, first, 6));
            String value = Coding.string(in, in.u8(), 7);
            if (in.ok()) {
                table.add(name, value);
                shown.show(name, value, to);
            }
        } else if (first >= 0x20) {
            int size = Coding.number(in, first, 5);
            if (size > HeaderTable.MAX_SIZE) {
                in.fail("a header table too large");
            } else if (in.ok()) {
                table.limit(size);
            }
        } else {
            String name = name(in, Coding.number(in, first, 4));
            String value = Coding.string(in, in.u8(), 7);
            if (in.ok()) {
                shown.show(name, value, to);
            }
        }
    }

    private String name(Bytes in, int index) {
        return index == 0 ? Coding.string(in, in.u8(), 7) : known(in, index).name();
    }

    private Field known(Bytes in, int index) {
        @Nullable Field known =
                index >= 1 && index <= STATIC.size()
                        ? STATIC.get(index - 1)
                        : table.get((long) index - STATIC.size() - 1);
        if (known == null) {
            in.fail("an index behind the header table");
            return StaticFields.NONE;
        }
        return known;
    }
}
