package io.hark.intel;

import io.hark.intel.Indicator.Kind;
import io.hark.schema.Addr;
import io.hark.schema.Prefix;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Indicators to look up: one hash look-up a value, one a label of a name, one a length of network
/// that is listed; how many there are does not matter.
///
/// *Bounds*: [IntelFile#MAX_INDICATORS]. *Thread*: never changed once made, any thread.
public final class Intel {

    /// Nothing is known to be bad.
    public static final Intel NONE = of(List.of());

    private final Map<Kind, Map<String, Indicator>> exact = new EnumMap<>(Kind.class);
    private final Map<Addr, Indicator> addresses = new HashMap<>();
    private final Map<Integer, Map<Addr, Indicator>> networks = new TreeMap<>();
    private final int size;

    private Intel(Collection<Indicator> indicators) {
        indicators.forEach(this::add);
        size = indicators.size();
    }

    /// These; of the same thing said twice, the first counts.
    public static Intel of(Collection<Indicator> indicators) {
        return new Intel(indicators);
    }

    private void add(Indicator indicator) {
        Prefix prefix =
                switch (indicator.kind()) {
                    case ADDRESS, NETWORK -> Prefix.parse(indicator.value());
                    case DOMAIN, URL, EMAIL, HASH, JA3, JA3S, JA4 -> null;
                };
        if (prefix == null) {
            exact.computeIfAbsent(indicator.kind(), _ -> new HashMap<>())
                    .putIfAbsent(indicator.value(), indicator);
        } else if (prefix.bits() == 128) {
            addresses.putIfAbsent(prefix.network(), indicator);
        } else {
            networks.computeIfAbsent(prefix.bits(), _ -> new HashMap<>())
                    .putIfAbsent(first(prefix.network(), prefix.bits()), indicator);
        }
    }

    /// How many were read, repetitions included.
    public int size() {
        return size;
    }

    /// Whether there is nothing to look for.
    public boolean isEmpty() {
        return size == 0;
    }

    /// What is said of an address, itself before its networks; null for nothing.
    public @Nullable Indicator address(Addr addr) {
        Indicator found = addresses.get(addr);
        for (Map.Entry<Integer, Map<Addr, Indicator>> length : networks.entrySet()) {
            if (found != null) {
                break;
            }
            found = length.getValue().get(first(addr, length.getKey()));
        }
        return found;
    }

    private static Addr first(Addr addr, int bits) {
        long hi = bits >= 64 ? addr.hi() : bits == 0 ? 0 : addr.hi() & -1L << 64 - bits;
        long lo = bits <= 64 ? 0 : bits == 128 ? addr.lo() : addr.lo() & -1L << 128 - bits;
        return new Addr(hi, lo);
    }

    /// What is said of a name or of one that it lies below, the longest first; null for nothing.
    public @Nullable Indicator domain(String name) {
        Map<String, Indicator> names = exact.get(Kind.DOMAIN);
        if (names == null) {
            return null;
        }
        String rest = name.toLowerCase(Locale.ROOT);
        rest = rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
        while (true) {
            Indicator found = names.get(rest);
            int dot = rest.indexOf('.');
            if (found != null || dot < 0) {
                return found;
            }
            rest = rest.substring(dot + 1);
        }
    }

    /// What is said of a URL, with its query or without; null for nothing.
    ///
    /// @param host of the request; a URL in the target itself is asked for instead of it
    public @Nullable Indicator url(@Nullable String host, String target) {
        Map<String, Indicator> urls = exact.get(Kind.URL);
        boolean whole = !target.startsWith("/");
        if (urls == null || !whole && host == null || target.length() > Indicator.MAX_VALUE) {
            return null;
        }
        String url = Indicator.url(whole ? target : host + target);
        if (url == null) {
            return null;
        }
        Indicator found = urls.get(url);
        int query = url.indexOf('?');
        return found == null && query > 0 ? urls.get(url.substring(0, query)) : found;
    }

    /// What is said of a digest, a fingerprint or a mail address; null for nothing.
    public @Nullable Indicator exact(Kind kind, String value) {
        Map<String, Indicator> values = exact.get(kind);
        return values == null ? null : values.get(value.toLowerCase(Locale.ROOT));
    }
}
