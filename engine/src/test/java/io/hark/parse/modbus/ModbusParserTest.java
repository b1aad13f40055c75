package io.hark.parse.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Modbus;
import io.hark.event.Side;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModbusParserTest {

    private final ModbusParser parser = new ModbusParser();

    @Test
    void an_exception_names_the_function_that_was_refused() {
        List<Modbus> rows =
                seen(
                        new Script()
                                .originator(hex("0007 0000 0006 01 03 1387 0001"))
                                .responder(hex("0007 0000 0003 01 83 02")));

        assertThat(rows).extracting(Modbus::pdu_type).containsExactly("REQ", "RESP");
        assertThat(rows).extracting(Modbus::func).containsOnly("READ_HOLDING_REGISTERS");
        assertThat(rows.getLast().exception()).isEqualTo("ILLEGAL_DATA_ADDRESS");
        assertThat(rows.getFirst().tid()).isEqualTo(7);
    }

    @Test
    void a_function_without_a_name_is_shown_as_it_is() {
        List<Modbus> rows =
                seen(
                        new Script()
                                .originator(hex("0001 0000 0002 01 1d"))
                                .responder(hex("0001 0000 0003 01 9d 01")));

        assertThat(rows).extracting(Modbus::func).containsExactly("unknown-29", "unknown-157");
    }

    @Test
    void behind_a_gap_it_reads_on() {
        List<Modbus> rows =
                seen(
                        new Script()
                                .originator(hex("0001 0000 0006 01 01 0000 0001"))
                                .gap(Side.ORIGINATOR, 12)
                                .originator(hex("0003 0000 0006 01 05 0000 ff00")));

        assertThat(rows)
                .extracting(Modbus::func)
                .containsExactly("READ_COILS", "WRITE_SINGLE_COIL");
    }

    @Test
    void a_probe_wants_whole_messages_and_nothing_else() {
        assertThat(probe("0001 0000 0006 01 03 0000 0001")).isEqualTo(Verdict.MAYBE);
        assertThat(probe("0001 0000 0006 01 03 0000")).isEqualTo(Verdict.MORE);
        assertThat(probe("0001 0000 0002 01 03 0001 0001")).isEqualTo(Verdict.NO);
        assertThat(probe("0001 0000 0001 01")).isEqualTo(Verdict.NO);
        assertThat(probe("0001 0000 00ff 01")).isEqualTo(Verdict.NO);
    }

    private List<Modbus> seen(Script script) {
        return Driver.torture(parser, script.steps(), 60).events(Modbus.class);
    }

    private int probe(String octets) {
        return parser.probe(Bytes.of(hex(octets)), Side.ORIGINATOR);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
