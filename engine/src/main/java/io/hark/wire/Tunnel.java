package io.hark.wire;

import io.hark.event.Endpoints;
import org.jspecify.annotations.Nullable;

/// What is wrapped around a packet: one value for all packets between the same outer hosts,
/// whichever way they go.
///
/// *Thread*: the reader's notes which ones were told of; the rest is immutable.
final class Tunnel {

    private final String kind;
    private final String text;
    private final long key;
    private final Endpoints ends;
    private final @Nullable Tunnel outer;
    private boolean noted;

    /// @param kind in the words of `conn`: `gre`, `vxlan`
    /// @param text outermost first: `vxlan 10.0.0.1-10.0.0.2 vni 7`
    /// @param key a hash of it, part of the connection's identity
    /// @param ends its hosts, as the first packet went
    /// @param outer what is around it
    Tunnel(String kind, String text, long key, Endpoints ends, @Nullable Tunnel outer) {
        this.kind = kind;
        this.text = text;
        this.key = key;
        this.ends = ends;
        this.outer = outer;
    }

    String text() {
        return text;
    }

    long key() {
        return key;
    }

    Endpoints ends() {
        return ends;
    }

    @Nullable Tunnel outer() {
        return outer;
    }

    /// How Zeek calls a tunnel between hosts; null for one of datagrams, which are a connection of
    /// their own.
    @Nullable String ofHosts() {
        return switch (kind) {
            case "gre", "erspan" -> "Tunnel::GRE";
            case "ipip", "6in4" -> "Tunnel::IP";
            default -> null;
        };
    }

    /// How many of these, counted from inside, nobody was told of yet; from now on all were.
    int note() {
        int fresh = 0;
        for (Tunnel t = this; t != null && !t.noted; t = t.outer) {
            t.noted = true;
            fresh++;
        }
        return fresh;
    }
}
