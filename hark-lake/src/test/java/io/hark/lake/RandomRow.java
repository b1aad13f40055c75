package io.hark.lake;

import io.hark.schema.Addr;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Makes rows of any kind out of a seed: extremes, repetitions and nonsense.
final class RandomRow implements ValueSource {

    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Integer.MAX_VALUE,
        0xffff_ffffL,
        1L << 53,
        443,
        86_400_000_000_000L
    };
    private static final double[] REAL_EXTREMES = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        1e308,
        0.5
    };
    private static final String[] WORDS = {
        "",
        "tcp",
        "udp",
        "ä",
        "日本語",
        "\ud83d\ude80",
        "a\u0000b",
        "'\"\\",
        "\u001b[31m",
        "Z",
        "\uffff",
        "x".repeat(200)
    };
    private static final Map<String, String[]> CHOICES =
            Map.of(
                    "colour", new String[] {"RED", "GREEN"},
                    "severity", new String[] {"LOW", "CRITICAL"},
                    "side", new String[] {"OPERATOR", "UNKNOWN"},
                    "operator", new String[] {"ORIGINATOR", "RESPONDER"});

    private final RandomGenerator random;
    private final Kind<?> kind;
    private final long row;

    private RandomRow(Kind<?> kind, RandomGenerator random, long row) {
        this.kind = kind;
        this.random = random;
        this.row = row;
    }

    /// A row of `kind`, whose number is `row`.
    static <R extends Stored> R of(Kind<R> kind, RandomGenerator random, long row) {
        return kind.access().make(new RandomRow(kind, random, row));
    }

    @Override
    public boolean isAbsent(int column) {
        return kind.columns().get(column).optional() && random.nextInt(3) == 0;
    }

    @Override
    public long number(int column) {
        return switch (kind.columns().get(column).name()) {
            case "row" -> row;
            case "ts" -> 1_767_000_000_000_000_000L + random.nextLong(3 * 86_400_000_000_000L);
            default -> number();
        };
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> random.nextLong();
            case 2 -> random.nextLong(1L << random.nextInt(1, 63));
            default -> random.nextInt(20);
        };
    }

    @Override
    public double real(int column) {
        return random.nextBoolean()
                ? random.nextDouble()
                : REAL_EXTREMES[random.nextInt(REAL_EXTREMES.length)];
    }

    @Override
    public boolean flag(int column) {
        return random.nextBoolean();
    }

    @Override
    public String text(int column) {
        String[] choices = CHOICES.get(kind.columns().get(column).name());
        return choices == null ? text() : choices[random.nextInt(choices.length)];
    }

    private String text() {
        return switch (random.nextInt(3)) {
            case 0 -> Long.toHexString(random.nextLong());
            case 1 -> {
                StringBuilder out = new StringBuilder();
                for (int i = random.nextInt(30); i > 0; i--) {
                    int point = random.nextInt(Character.MAX_CODE_POINT + 1);
                    out.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
                }
                yield out.toString();
            }
            default -> WORDS[random.nextInt(WORDS.length)];
        };
    }

    @Override
    public Addr addr(int column) {
        return addr();
    }

    private Addr addr() {
        return random.nextBoolean()
                ? Addr.v4(random.nextInt(1 << random.nextInt(1, 31)))
                : new Addr(number(), number());
    }

    @Override
    public byte[] bytes(int column) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public long[] numbers(int column) {
        long[] numbers = new long[length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    /// Four at most, as some records check.
    private int length() {
        return random.nextBoolean() ? 0 : random.nextInt(5);
    }

    @Override
    public List<String> texts(int column) {
        List<String> texts = new ArrayList<>();
        for (int i = length(); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    @Override
    public List<Addr> addrs(int column) {
        List<Addr> addrs = new ArrayList<>();
        for (int i = length(); i > 0; i--) {
            addrs.add(addr());
        }
        return addrs;
    }

    @Override
    public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
        List<R> rows = new ArrayList<>();
        for (int i = length(); i > 0; i--) {
            rows.add(access.make(new RandomRow(kind.rowsOf(column), random, i)));
        }
        return rows;
    }
}
