package io.hark.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EnvelopesTest {

    private static final Stamps STAMPS = new Stamps(ZoneOffset.UTC, 1_700_000_000_000_000_000L);

    private static LogLine line(String text) {
        return new LogLine(text, STAMPS);
    }

    @Test
    void rfc_3164_has_priority_time_host_and_tag() {
        LogLine line = line("<34>Oct 11 22:14:15 mymachine su[230]: 'su root' failed");
        assertThat(line.header().severity()).isEqualTo("critical");
        assertThat(line.header().host()).isEqualTo("mymachine");
        assertThat(line.app()).isEqualTo("su");
        assertThat(line.header().pid()).isEqualTo("230");
        assertThat(line.body()).isEqualTo("'su root' failed");
        assertThat(line.tsSource()).isEqualTo("line, year inferred");
    }

    @Test
    void rfc_5424_has_structured_data_with_brackets_in_quotes() {
        LogLine line =
                line(
                        "<165>1 2003-10-11T22:14:15.003Z h.example app 77 ID47 [a@1 b=\"c]\\\"d\"][e@2] go");
        assertThat(line.header().host()).isEqualTo("h.example");
        assertThat(line.app()).isEqualTo("app");
        assertThat(line.header().pid()).isEqualTo("77");
        assertThat(line.header().structured()).isEqualTo("[a@1 b=\"c]\\\"d\"][e@2]");
        assertThat(line.body()).isEqualTo("go");
        assertThat(line.tsSource()).isEqualTo("line");
    }

    @Test
    void rfc_5424_without_a_priority_lies_in_files() {
        LogLine line = line("1 2003-10-11T22:14:15Z h.example app - - - go on");
        assertThat(line.app()).isEqualTo("app");
        assertThat(line.header().pid()).isNull();
        assertThat(line.body()).isEqualTo("go on");
    }

    @Test
    void cisco_has_numbers_stars_and_no_tag() {
        LogLine line = line("<189>29: *Mar  1 18:46:11.123: %SYS-5-CONFIG_I: Configured");
        assertThat(line.header().stamp()).isNotNull();
        assertThat(line.header().host()).isNull();
        assertThat(line.body()).isEqualTo("%SYS-5-CONFIG_I: Configured");
        LogLine hosted = line("Mar 1 2023 18:46:11 fw.example : %ASA-6-302013: Built");
        assertThat(hosted.header().host()).isEqualTo("fw.example");
    }

    @Test
    void a_line_without_an_envelope_is_all_body() {
        LogLine line = line("Accepted password for root");
        assertThat(line.header().stamp()).isNull();
        assertThat(line.body()).isEqualTo("Accepted password for root");
    }

    @Test
    void a_priority_out_of_range_is_text() {
        assertThat(line("<999>x").header().priority()).isNull();
        assertThat(line("<1x>x").header().priority()).isNull();
        assertThat(line("<>x").header().priority()).isNull();
    }

    @Test
    void cef_undoes_escapes_and_labels() {
        Cef cef =
                line("<1>x CEF:0|Ven\\|dor|P|1|100|Na\\\\me|5|cs1Label=Rule Name cs1=a b msg=x\\=y\\nz src=192.0.2.1")
                        .cef();
        assertThat(cef).isNotNull();
        assertThat(cef.vendor()).isEqualTo("Ven|dor");
        assertThat(cef.name()).isEqualTo("Na\\me");
        assertThat(cef.pairs().get("Rule Name")).isEqualTo("a b");
        assertThat(cef.pairs().get("msg")).isEqualTo("x=y\nz");
        assertThat(cef.pairs().get("src")).isEqualTo("192.0.2.1");
    }

    @Test
    void leef_has_tabs_or_a_separator_of_its_own() {
        Leef one = line("LEEF:1.0|V|P|1|7|src=192.0.2.1\tusrName=a b").leef();
        Leef two = line("LEEF:2.0|V|P|1|7|x5E|src=192.0.2.1^usrName=a b").leef();
        Leef octal = line("LEEF:1.0|V|P|1|7|src=192.0.2.1#011usrName=a b").leef();
        for (Leef leef : new Leef[] {one, two, octal}) {
            assertThat(leef).isNotNull();
            assertThat(leef.id()).isEqualTo("7");
            assertThat(leef.pairs().get("src")).isEqualTo("192.0.2.1");
            assertThat(leef.pairs().get("usrName")).isEqualTo("a b");
        }
    }

    @Test
    void json_that_lies_deep_gets_names_with_dots() {
        Pairs pairs = line("{\"a\":{\"b\":1,\"c\":[\"x\",\"y\"]},\"d\":null,\"e\":true}").json();
        assertThat(pairs).isNotNull();
        assertThat(pairs.get("a.b")).isEqualTo("1");
        assertThat(pairs.get("a.c")).isEqualTo("x,y");
        assertThat(pairs.has("d")).isFalse();
        assertThat(pairs.get("e")).isEqualTo("true");
    }
}
