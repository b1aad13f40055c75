package io.hark.decode.cobaltstrike;

import io.hark.bytes.Bytes;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HttpExchange;
import io.hark.format.web.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a malleable profile dresses data, undone: the steps of a configuration, each an opcode and
/// perhaps an argument.
///
/// *Source*: fox-it/dissect.cobaltstrike (`beacon.py`, `c2.py`).
///
/// @param steps in the order in which they are undone
record Program(List<Step> steps) {

    private static final int APPEND = 1;
    private static final int PREPEND = 2;
    private static final int BASE64 = 3;
    private static final int PRINT = 4;
    private static final int PARAMETER = 5;
    private static final int HEADER = 6;
    private static final int BUILD = 7;
    private static final int NETBIOS = 8;
    private static final int STATIC_PARAMETER = 9;
    private static final int STATIC_HEADER = 10;
    private static final int NETBIOS_UPPER = 11;
    private static final int URI_APPEND = 12;
    private static final int BASE64_URL = 13;
    private static final int MASK = 15;
    private static final int HOST_HEADER = 16;
    private static final int MAX_STEPS = 64;
    private static final int MASK_KEY = 4;

    /// What a request's `BUILD` begins with: metadata or a session id, or output.
    static final int FIRST = 0;

    /// The other of the two.
    static final int OUTPUT = 1;

    /// One step.
    ///
    /// @param number a length, or what is built
    record Step(int opcode, int number, byte[] argument) {}

    /// What undoes a server's answer; its steps stand in that order.
    static Program ofResponse(byte[] program) {
        return new Program(steps(program, true));
    }

    /// What undoes a request; its steps stand in the order in which they are done.
    static Program ofRequest(byte[] program) {
        return new Program(steps(program, false).reversed());
    }

    private static List<Step> steps(byte[] program, boolean response) {
        List<Step> steps = new ArrayList<>();
        Bytes in = Bytes.of(program);
        while (in.remaining() >= 4 && steps.size() < MAX_STEPS) {
            int opcode = (int) in.u32();
            if (opcode == 0) {
                break;
            }
            boolean cut = opcode == APPEND || opcode == PREPEND;
            boolean counted = opcode == BUILD || response && cut;
            boolean argued =
                    cut && !response
                            || opcode == PARAMETER
                            || opcode == HEADER
                            || opcode == STATIC_PARAMETER
                            || opcode == STATIC_HEADER
                            || opcode == HOST_HEADER;
            int number = counted || argued ? (int) Math.min(in.u32(), 1 << 20) : 0;
            byte[] argument = argued ? in.take(Math.min(number, in.remaining())) : new byte[0];
            steps.add(new Step(opcode, number, argument));
        }
        return steps;
    }

    /// The data in an answer's body, or null.
    byte @Nullable [] response(byte[] body) {
        byte[] data = body;
        for (Step step : steps) {
            data = step.opcode == PRINT ? body : undone(step, data);
            if (data == null) {
                return null;
            }
        }
        return data;
    }

    /// What a request carries: metadata or id for [#FIRST], output for [#OUTPUT]; null if it does
    /// not.
    byte @Nullable [] request(HttpExchange exchange, int built) {
        byte[] data = new byte[0];
        for (Step step : steps) {
            if (data == null
                    && step.opcode != PRINT
                    && step.opcode != PARAMETER
                    && step.opcode != HEADER
                    && step.opcode != URI_APPEND) {
                if (step.opcode == BUILD && step.number == built) {
                    return null;
                }
                continue;
            }
            String name = new String(step.argument, StandardCharsets.ISO_8859_1);
            switch (step.opcode) {
                case PRINT -> data = exchange.requestBody();
                case HEADER -> data = latin(HttpExchange.header(exchange.requestHeaders(), name));
                case PARAMETER -> data = parameter(exchange, name);
                case URI_APPEND -> data = latin(path(exchange.uri()));
                case BUILD -> {
                    if (step.number == built) {
                        return data;
                    }
                }
                default -> data = undone(step, data);
            }
        }
        return null;
    }

    private static byte @Nullable [] parameter(HttpExchange exchange, String name) {
        for (Field field : Field.query(exchange.uri())) {
            if (field.name().equals(name)) {
                return latin(field.value());
            }
        }
        return null;
    }

    private static String path(String uri) {
        int question = uri.indexOf('?');
        return question < 0 ? uri : uri.substring(0, question);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte @Nullable [] undone(Step step, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        int length = step.argument.length == 0 ? step.number : step.argument.length;
        return switch (step.opcode) {
            case APPEND -> length > data.length ? null : Arrays.copyOf(data, data.length - length);
            case PREPEND ->
                    length > data.length ? null : Arrays.copyOfRange(data, length, data.length);
            case BASE64 -> TextCodec.BASE64.decode(data);
            case BASE64_URL -> TextCodec.BASE64_URL.decode(data);
            case NETBIOS -> TextCodec.NETBIOS.decode(data);
            case NETBIOS_UPPER -> TextCodec.NETBIOS_UPPER.decode(data);
            case MASK -> unmasked(data);
            default -> data;
        };
    }

    /// Four octets, and what was XORed with them.
    static byte @Nullable [] unmasked(byte[] data) {
        if (data.length < MASK_KEY) {
            return null;
        }
        byte[] out = Arrays.copyOfRange(data, MASK_KEY, data.length);
        for (int i = 0; i < out.length; i++) {
            out[i] ^= data[i % MASK_KEY];
        }
        return out;
    }
}
