package io.hark.bench;

import com.sun.management.OperatingSystemMXBean;
import io.hark.lake.Query;
import io.hark.lake.Search;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Asks a lake that [LakeMaker] made what analysts ask, and says what each answer cost: seconds,
/// and seconds of all processors, which a busy machine does not lengthen.
final class LakeQuestions {

    private static final String PLACE = Month.name(12_345);

    private LakeQuestions() {}

    /// `DIR`.
    public static void main(String[] args) {
        Path dir = Path.of(args[0]);
        measured("open", () -> Query.open(dir).close());
        try (Query query = Query.open(dir)) {
            String uid =
                    String.valueOf(
                            query.rows("SELECT uid FROM conn WHERE day = '2026-10-03' LIMIT 1")
                                    .getFirst()
                                    .get("uid"));
            Map<String, Consumer<Query>> questions = new LinkedHashMap<>();
            questions.put(
                    "top talkers of a day",
                    sql(
                            "SELECT \"id.orig_h\", sum(resp_bytes) AS b FROM conn WHERE day = '2026-10-03'"
                                    + " GROUP BY 1 ORDER BY b DESC LIMIT 20"));
            questions.put(
                    "one host's hour",
                    sql(
                            "SELECT * FROM conn WHERE ts >= '2026-10-03 10:00:00' AND ts < '2026-10-03 11:00:00'"
                                    + " AND (\"id.orig_h\" = '10.0.0.77' OR \"id.resp_h\" = '10.0.0.77')"));
            questions.put(
                    "a domain ever seen",
                    sql(
                            "SELECT min(ts), max(ts), count(*) FROM conn WHERE resp_name = '"
                                    + PLACE
                                    + "'"));
            questions.put(
                    "a domain never seen",
                    sql("SELECT count(*) FROM conn WHERE resp_name = 'evil.example'"));
            questions.put("counts by day", sql("SELECT day, count(*) FROM conn GROUP BY day"));
            questions.put("one uid of the month", search("uid:" + uid));
            questions.put("a name, by search", search("resp_name:" + PLACE));
            questions.put("an address of the month", search("ip:20.77.1.2"));
            questions.put("a network of the month", search("dst:20.77.1.0/24"));
            questions.forEach(
                    (name, question) -> {
                        measured(name + ", first", () -> question.accept(query));
                        measured(name + ", again", () -> question.accept(query));
                    });
        }
    }

    private static Consumer<Query> sql(String sql) {
        return query -> query.rows(sql);
    }

    private static Consumer<Query> search(String text) {
        return query -> new Search(query).find(text, 100);
    }

    private static void measured(String name, Runnable work) {
        long begun = System.nanoTime();
        long before = cpu();
        work.run();
        System.out.printf(
                Locale.ROOT,
                "%-32s %6.2f s, %6.2f s of CPU%n",
                name,
                (System.nanoTime() - begun) / 1e9,
                (cpu() - before) / 1e9);
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getProcessCpuTime()
                : 0;
    }
}
