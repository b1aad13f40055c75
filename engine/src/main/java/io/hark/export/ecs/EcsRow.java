package io.hark.export.ecs;

import io.hark.bytes.TextBuffer;
import io.hark.export.ecs.EcsPlan.Form;
import io.hark.export.ecs.EcsPlan.Target;
import io.hark.schema.Addr;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSink;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Writes the columns of one event under ECS's names, in ECS's forms.
///
/// @param icmp whether what stands in the columns of ports is type and code
/// @param proto number of the column that tells the transport, or -1
record EcsRow(Target[] targets, boolean icmp, int proto, TextBuffer out) implements ValueSink {

    private static final byte[] TRANSPORT =
            ",\"network.transport\":".getBytes(StandardCharsets.US_ASCII);

    private boolean begin(int column) {
        byte[] key = targets[column].key();
        if (key == null) {
            return false;
        }
        out.put(key);
        return true;
    }

    private void value(int column, long value) {
        Target target = targets[column];
        if (target.form() == Form.KEYWORD) {
            out.put('"').number(value).put('"');
            return;
        }
        switch (target.column().unit()) {
            case TIME -> out.put('"').time(value).put("Z\"");
            case DURATION -> {
                if (target.form() == Form.NANOS) {
                    out.number(value);
                } else {
                    out.seconds(value);
                }
            }
            case MAC -> mac(value);
            case NONE, BYTES, PACKETS, SHARE, BITS -> out.number(value);
        }
    }

    /// RFC 7042's form, which ECS asks for: upper case, hyphens.
    private void mac(long bits) {
        out.put('"');
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >>> shift) & 0xff;
            out.put(upper(octet >>> 4)).put(upper(octet & 0xf)).put(shift > 0 ? '-' : '"');
        }
    }

    private static char upper(int digit) {
        return (char) (digit < 10 ? '0' + digit : 'A' + digit - 10);
    }

    @Override
    public void number(int column, long value) {
        boolean noPort = icmp && targets[column].column().name().startsWith("id.");
        if (!noPort && begin(column)) {
            value(column, value);
        }
    }

    @Override
    public void real(int column, double value) {
        if (begin(column)) {
            out.real(value);
        }
    }

    @Override
    public void flag(int column, boolean value) {
        if (begin(column)) {
            out.put(value ? "true" : "false");
        }
    }

    @Override
    public void text(int column, String value) {
        if (column == proto && !icmp) {
            out.put(TRANSPORT).json(value.toLowerCase(Locale.ROOT));
        } else if (begin(column)) {
            out.json(value);
        }
    }

    private void value(Addr value) {
        out.put('"');
        out.advance(value.write(out.room(Addr.MAX_TEXT), out.size()));
        out.put('"');
    }

    @Override
    public void addr(int column, Addr value) {
        if (begin(column)) {
            value(value);
        }
    }

    @Override
    public void bytes(int column, byte[] value) {
        if (begin(column)) {
            out.json(HexFormat.of().formatHex(value));
        }
    }

    @Override
    public void numbers(int column, long[] value) {
        if (begin(column)) {
            out.put('[');
            for (int i = 0; i < value.length; i++) {
                between(i);
                value(column, value[i]);
            }
            out.put(']');
        }
    }

    @Override
    public void texts(int column, List<String> value) {
        if (begin(column)) {
            out.put('[');
            for (int i = 0; i < value.size(); i++) {
                between(i);
                out.json(value.get(i));
            }
            out.put(']');
        }
    }

    @Override
    public void addrs(int column, List<Addr> value) {
        if (begin(column)) {
            out.put('[');
            for (int i = 0; i < value.size(); i++) {
                between(i);
                value(value.get(i));
            }
            out.put(']');
        }
    }

    private void between(int i) {
        if (i > 0) {
            out.put(',');
        }
    }

    /// A mapping writes them if ECS has a form for them.
    @Override
    public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {}

    @Override
    public void absent(int column) {}
}
