package io.hark.export.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.TextBuffer;
import io.hark.event.CaptureLoss;
import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.schema.Kind;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Values in columns between tabs, as Zeek's documentation of its logs describes them.
final class TsvSyntaxTest {

    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("plain, with comma", "plain, with comma"),
                    Map.entry("", "(empty)"),
                    Map.entry("-", "\\x2d"),
                    Map.entry("--", "--"),
                    Map.entry("(empty)", "\\x28empty)"),
                    Map.entry("a\tb\nc", "a\\x09b\\x0ac"),
                    Map.entry("back\\slash", "back\\x5cslash"),
                    Map.entry("#fields", "#fields"),
                    Map.entry("caf\u00e9 \ud83d\ude00", "caf\u00e9 \ud83d\ude00"),
                    Map.entry("\u009b2J\u007f", "\\xc2\\x9b2J\\x7f"),
                    Map.entry("lone \ud800", "lone \ufffd"));

    @TestFactory
    Stream<DynamicTest> texts() {
        return TEXTS.entrySet().stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.getValue(),
                                        () -> {
                                            TextBuffer out = new TextBuffer(1);
                                            new TsvSyntax().text(row.getKey(), out);
                                            assertThat(out.toString()).isEqualTo(row.getValue());
                                        }));
    }

    @Test
    void a_comma_in_a_list_is_escaped() {
        TextBuffer out = new TextBuffer(1);
        new TsvSyntax().item("a,b", out);
        assertThat(out.toString()).isEqualTo("a\\x2cb");
    }

    @Test
    void the_head_names_columns_and_types() {
        TextBuffer out = new TextBuffer(1);
        ZeekPlan.of(Kind.of(CaptureLoss.class), new TsvSyntax()).open(1_500_000_000L, out);
        assertThat(out.toString())
                .isEqualTo(
                        """
                        #separator \\x09
                        #set_separator\t,
                        #empty_field\t(empty)
                        #unset_field\t-
                        #path\tcapture_loss
                        #open\t1970-01-01-00-00-01
                        #fields\tts\tts_delta\tpeer\tgaps\tacks\tpercent_lost
                        #types\ttime\tinterval\tstring\tcount\tcount\tdouble
                        """);
    }

    @Test
    void a_row_has_a_value_in_every_column() {
        TextBuffer out = new TextBuffer(1);
        CaptureLoss row = new CaptureLoss(1_000_000_000L, 0, 60_000_000_000L, "-", 1, 4, 25, 7);
        ZeekPlan.of(Kind.of(CaptureLoss.class), new TsvSyntax()).write(row, 0, out);
        assertThat(out.toString()).isEqualTo("1.000000\t60.000000\t\\x2d\t1\t4\t25\n");
    }

    /// RITA reads these columns of these logs.
    @Test
    void logs_have_the_columns_that_rita_needs() {
        assertThat(head(Kind.of(Conn.class)))
                .contains("\tid.orig_h\t", "\torig_ip_bytes\t", "\tresp_ip_bytes\t")
                .contains("\tduration\t", "\tuid\t", "\tservice\t", "\tproto\t");
        assertThat(head(Kind.of(Dns.class))).contains("\tquery\t", "\tqtype_name\t", "\tanswers\t");
    }

    private static String head(Kind<? extends io.hark.event.Event> kind) {
        TextBuffer out = new TextBuffer(1);
        ZeekPlan.of(kind, new TsvSyntax()).open(0, out);
        return out.toString();
    }
}
