package io.hark.export.zeek;

import io.hark.Exporter;
import io.hark.event.Event;
import io.hark.schema.Kind;
import org.jspecify.annotations.Nullable;

/// Zeek's logs as Zeek writes them unless told otherwise: columns between tabs, under lines that
/// name them and their types.
///
/// *Source*: Zeek's documentation of its ASCII writer; `zeek-cut` reads them.
public final class ZeekTsv implements Exporter {

    /// The dialect.
    public ZeekTsv() {}

    @Override
    public String name() {
        return "zeek-tsv";
    }

    @Override
    public String about() {
        return "Zeek's logs in tab-separated columns, as zeek-cut reads them";
    }

    @Override
    public @Nullable Plan plan(Kind<? extends Event> kind) {
        return ZeekPlan.of(kind, new TsvSyntax());
    }
}
