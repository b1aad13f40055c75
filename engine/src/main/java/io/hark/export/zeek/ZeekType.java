package io.hark.export.zeek;

import io.hark.schema.Column;
import java.util.Set;

/// Zeek's types, as `#types` names them. Ours follow from the column's type and unit, but for a few
/// that Zeek tells by name: ports, enums, and which lists are sets.
final class ZeekType {

    /// Lists without order; programs that read types treat them another way than vectors.
    private static final Set<String> SETS =
            Set.of(
                    "analyzers",
                    "proxied",
                    "tags",
                    "uids",
                    "rcptto",
                    "to",
                    "cc",
                    "fuids",
                    "tunnel_parents");

    private static final Set<String> ENUMS = Set.of("proto", "tags", "tunnel_type", "action");

    private ZeekType() {}

    static String of(Column column) {
        String name = column.name();
        return switch (column.type()) {
            case NUMBER -> name.endsWith("_p") ? "port" : number(column);
            case REAL -> "double";
            case FLAG -> "bool";
            case TEXT -> ENUMS.contains(name) ? "enum" : "string";
            case ADDR -> "addr";
            case BYTES -> "string";
            case NUMBERS -> list(name, number(column));
            case TEXTS -> list(name, ENUMS.contains(name) ? "enum" : "string");
            case ADDRS -> list(name, "addr");
            case ROWS -> throw new IllegalArgumentException("no log has " + name);
        };
    }

    private static String list(String name, String element) {
        return (SETS.contains(name) ? "set[" : "vector[") + element + "]";
    }

    private static String number(Column column) {
        return switch (column.unit()) {
            case TIME -> "time";
            case DURATION -> "interval";
            case MAC -> "string";
            case NONE, BYTES, PACKETS, SHARE, BITS -> "count";
        };
    }
}
