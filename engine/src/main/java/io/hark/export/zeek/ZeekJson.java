package io.hark.export.zeek;

import io.hark.Exporter;
import io.hark.event.Event;
import io.hark.schema.Kind;
import org.jspecify.annotations.Nullable;

/// Zeek's logs in JSON: one object a line, nested records flattened with a dot, absent fields left
/// out.
///
/// *Source*: Zeek, `LogAscii::use_json=T`.
public final class ZeekJson implements Exporter {

    /// The dialect.
    public ZeekJson() {}

    @Override
    public String name() {
        return "zeek";
    }

    @Override
    public String about() {
        return "Zeek's logs, one JSON object a line: conn.log, dns.log, http.log …";
    }

    @Override
    public @Nullable Plan plan(Kind<? extends Event> kind) {
        return ZeekPlan.of(kind, new JsonSyntax());
    }
}
