package io.hark.decode.meterpreter;

import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is in a packet: values behind their length and type.
///
/// *Shape*: length (4, counting itself and the type), type (4), value. Of the type, bit 16 says a
/// text, 17 a number, 18 octets, 19 yes or no, 20 a long number, 30 a group of such values.
///
/// @param values in order
record Tlvs(List<Tlv> values) {

    private static final int MAX_VALUES = 256; // a listing's first lines; what is behind is counted
    private static final int MAX_SHOWN = 200; // characters of one text
    private static final int MAX_DEPTH = 4; // groups in groups
    private static final int STRING = 1 << 16;
    private static final int UINT = 1 << 17;
    private static final int BOOL = 1 << 19;
    private static final int QWORD = 1 << 20;
    private static final int GROUP = 1 << 30;
    private static final int NUMBER = 0xffff; // the bits that say which value it is

    private static final int METHOD_OR_COMMAND = 1;
    private static final int REQUEST = 2;
    private static final int RESULT = 4;
    private static final int RSA_PUBLIC = 550;
    private static final int KEY = 552;
    private static final int ENCRYPTED_KEY = 553;

    /// One value.
    record Tlv(int type, byte[] value, int depth) {

        int number() {
            return type & NUMBER;
        }

        String name() {
            return switch (number()) {
                case METHOD_OR_COMMAND -> (type & STRING) != 0 ? "method" : "command";
                case REQUEST -> "request";
                case RESULT -> "result";
                case RSA_PUBLIC -> "rsa_public";
                case KEY -> "key";
                case ENCRYPTED_KEY -> "encrypted_key";
                default -> "tlv" + number();
            };
        }

        String shown() {
            Bytes bytes = Bytes.of(value);
            if ((type & STRING) != 0) {
                String text = new String(value, StandardCharsets.UTF_8).replace("\0", "");
                return text.substring(0, Math.min(MAX_SHOWN, text.length()));
            } else if ((type & UINT) != 0 && value.length == 4) {
                return Long.toString(bytes.u32());
            } else if ((type & QWORD) != 0 && value.length == 8) {
                return Long.toUnsignedString(bytes.u64());
            } else if ((type & BOOL) != 0 && value.length == 1) {
                return bytes.u8() != 0 ? "yes" : "no";
            }
            return value.length + " bytes";
        }
    }

    /// Reads as far as lengths make sense.
    static Tlvs read(byte[] body) {
        List<Tlv> values = new ArrayList<>();
        read(Bytes.of(body), 0, values);
        return new Tlvs(values);
    }

    private static void read(Bytes bytes, int depth, List<Tlv> values) {
        while (bytes.remaining() >= 8 && values.size() < MAX_VALUES) {
            long length = bytes.u32();
            int type = (int) bytes.u32();
            if (length < 8 || length - 8 > bytes.remaining()) {
                return;
            }
            byte[] value = bytes.take((int) length - 8);
            if ((type & GROUP) != 0 && depth < MAX_DEPTH) {
                read(Bytes.of(value), depth + 1, values);
            } else {
                values.add(new Tlv(type, value, depth));
            }
        }
    }

    boolean negotiatesKey() {
        return values.stream()
                .map(Tlv::number)
                .anyMatch(n -> n == RSA_PUBLIC || n == KEY || n == ENCRYPTED_KEY);
    }

    String text() {
        List<String> parts = new ArrayList<>();
        for (Tlv tlv : values) {
            if (tlv.number() != REQUEST) {
                parts.add(tlv.name() + " " + tlv.shown());
            }
        }
        return String.join(", ", parts);
    }

    /// Its command and request, and the side that sent it.
    List<Fact> facts(String from) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("from", from));
        for (Tlv tlv : values) {
            if (tlv.depth == 0 && (tlv.number() == METHOD_OR_COMMAND || tlv.number() == REQUEST)) {
                facts.add(Fact.of(tlv.name(), tlv.shown()));
            }
        }
        return List.copyOf(facts);
    }
}
