package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// One information element of an exported record, under its IPFIX name; one of the three values is
/// there.
///
/// *Units*: as the element's name says: `flowStartMilliseconds` is in milliseconds since 1970 UTC.
public record FlowElement(
        @About("name of the element in IPFIX: sourceIPv4Address, octetDeltaCount …") String name,
        @About("its value, if it is an integer or a time") @Nullable Long number,
        @About("its value, if it is a fraction") @Nullable Double real,
        @About("its value, if it is an address, a text, or octets in hexadecimal")
                @Nullable String text)
        implements Stored {

    /// An integer or a time.
    public static FlowElement of(String name, long number) {
        return new FlowElement(name, number, null, null);
    }

    /// A fraction.
    public static FlowElement of(String name, double real) {
        return new FlowElement(name, null, real, null);
    }

    /// A text.
    public static FlowElement of(String name, String text) {
        return new FlowElement(name, null, null, text);
    }

    /// The value as text.
    public String value() {
        if (number != null) {
            return number.toString();
        }
        return real != null ? real.toString() : text == null ? "" : text;
    }
}
