package io.hark.parse.dhcp;

import io.hark.bytes.Bytes;
import io.hark.schema.Addr;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One message, as far as it is of use.
///
/// ```
/// op 1 · hardware type 1 · hardware length 1 · hops 1 · transaction 4 · seconds 2 · flags 2
/// client 4 · your 4 · server 4 · relay 4 · hardware address 16 · server name 64 · file 128
/// cookie 4 · options: code 1, length 1, value …
/// ```
///
/// *Source*: RFC 2131 §2, RFC 2132.
final class DhcpMessage {

    static final int COOKIE_AT = 236;
    static final long COOKIE = 0x6382_5363L;

    /// Octets of a hardware address that there is room for.
    static final int MAX_HARDWARE = 16;

    private static final int MAX_OPTIONS = 256; // each code once, with room
    private static final int ETHERNET = 1;
    private static final int RELAY_CIRCUIT = 1;
    private static final int RELAY_REMOTE = 2;
    private static final int RELAY_SUBSCRIBER = 6;
    private static final int MAX_SHOWN = 255; // octets of a text: an option has no more

    private static final String[] TYPES = {
        "DISCOVER",
        "OFFER",
        "REQUEST",
        "DECLINE",
        "ACK",
        "NAK",
        "RELEASE",
        "INFORM",
        "FORCERENEW",
        "LEASEQUERY",
        "LEASEUNASSIGNED",
        "LEASEUNKNOWN",
        "LEASEACTIVE",
        "BULKLEASEQUERY",
        "LEASEQUERYDONE",
        "ACTIVELEASEQUERY",
        "LEASEQUERYSTATUS",
        "TLS"
    };

    boolean reply;
    long transaction;
    @Nullable Addr client;
    @Nullable Addr yours;
    @Nullable String hardware;
    @Nullable String clientHardware;
    int type;
    @Nullable String hostName;
    @Nullable String fqdn;
    @Nullable String domain;
    @Nullable Addr requested;
    @Nullable Addr server;
    @Nullable Long leaseSeconds;
    @Nullable String text;
    @Nullable String circuit;
    @Nullable String remote;
    @Nullable String subscriber;
    @Nullable String vendorClass;

    private DhcpMessage() {}

    /// Reads a message; what breaks off sticks to `in`.
    static DhcpMessage read(Bytes in) {
        DhcpMessage message = new DhcpMessage();
        message.reply = in.u8() == 2;
        boolean ethernet = in.u8() == ETHERNET;
        int octets = in.u8();
        in.skip(1);
        message.transaction = in.u32();
        in.skip(4);
        message.client = address(in);
        message.yours = address(in);
        in.skip(8);
        message.hardware = ethernet && octets == 6 ? mac(in.take(6)) : null;
        in.seek(COOKIE_AT);
        if (in.remaining() >= 4 && in.u32() == COOKIE) {
            message.options(in);
        }
        return message;
    }

    /// The name of the message's type; null for BOOTP.
    @Nullable String typeName() {
        return type == 0 ? null : type <= TYPES.length ? TYPES[type - 1] : "UNKNOWN-" + type;
    }

    private void options(Bytes in) {
        for (int i = 0; i < MAX_OPTIONS && in.remaining() > 0; i++) {
            int code = in.u8();
            if (code == 0) {
                i--;
                continue; // padding, one octet each
            }
            if (code == 0xff) {
                return;
            }
            int length = in.u8();
            int outer = in.limit(length);
            option(code, length, in);
            in.unlimit(outer);
        }
    }

    private void option(int code, int length, Bytes in) {
        switch (code) {
            case 12 -> hostName = text(in, length);
            case 15 -> domain = text(in, length);
            case 50 -> requested = length >= 4 ? address(in) : requested;
            case 51 -> leaseSeconds = length >= 4 ? Long.valueOf(in.u32()) : leaseSeconds;
            case 53 -> type = in.u8();
            case 54 -> server = length >= 4 ? address(in) : server;
            case 56 -> text = text(in, length);
            case 60 -> vendorClass = text(in, length);
            case 61 -> clientHardware = in.u8() == ETHERNET && length == 7 ? mac(in.take(6)) : null;
            case 81 -> fqdn = fqdn(in, length);
            case 82 -> relay(in);
            default -> {}
        }
    }

    /// RFC 4702 §2: flags, two octets of no use, and a name in text or, by a flag, in labels.
    private static @Nullable String fqdn(Bytes in, int length) {
        boolean labels = (in.u8() & 4) != 0;
        in.skip(2);
        if (!labels) {
            return text(in, length - 3);
        }
        StringBuilder name = new StringBuilder();
        while (in.ok() && in.remaining() > 0) {
            int octets = in.u8();
            if (octets == 0 || octets > in.remaining()) {
                break;
            }
            name.append(name.isEmpty() ? "" : ".").append(in.ascii(octets));
        }
        return name.toString();
    }

    private void relay(Bytes in) {
        while (in.ok() && in.remaining() >= 2) {
            int code = in.u8();
            String value = in.ascii(Math.min(in.u8(), in.remaining()));
            switch (code) {
                case RELAY_CIRCUIT -> circuit = value;
                case RELAY_REMOTE -> remote = value;
                case RELAY_SUBSCRIBER -> subscriber = value;
                default -> {}
            }
        }
    }

    /// Text, without the zeros that some put behind it.
    private static @Nullable String text(Bytes in, int length) {
        String text = in.ascii(Math.clamp(length, 0, MAX_SHOWN));
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return end == 0 ? null : text.substring(0, end);
    }

    private static @Nullable Addr address(Bytes in) {
        int bits = (int) in.u32();
        return bits == 0 ? null : Addr.v4(bits);
    }

    private static @Nullable String mac(byte[] octets) {
        boolean none = octets.length == 0;
        return none ? null : HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
