package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.tcp;
import static io.hark.wire.Capture.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Connection;
import io.hark.Decoder;
import io.hark.Hints;
import io.hark.Secret;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.StreamPiece;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.parse.dns.DnsDatagrams;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is carried up message by message: DNS, echoes, and datagrams between them.
class CarriedMessagesTest {

    private static final byte[] QUERY = hex("0007 0100 0001 0000 0000 0000 02 4162 00 000a 0001");
    private static final byte[] ANSWER =
            hex(
                    "0007 8400 0001 0001 0000 0000 02 4162 00 000a 0001"
                            + "c00c 000a 0001 00000000 0003 00ff00");
    private static final byte[] RAW_DATAGRAM = hex("10d19e20 78");

    private static final class All implements Decoder<All.None> {
        record None() implements Stored {}

        @Override
        public String name() {
            return "all";
        }

        @Override
        public String about() {
            return "takes all but datagrams that do not begin with 10";
        }

        @Override
        public Info info() {
            return new Info(
                    List.of("all"),
                    Set.of(Carrier.DNS, Carrier.ECHO, Carrier.DATAGRAM, Carrier.STREAM),
                    Set.<Secret.Kind>of(),
                    "",
                    "",
                    false);
        }

        @Override
        public Class<None> stateType() {
            return None.class;
        }

        @Override
        public int taste(Tasting tasting) {
            return switch (tasting) {
                case DatagramSeen seen -> seen.payload().peek(0) == 0x10 ? Verdict.YES : Verdict.NO;
                case DnsSeen _, EchoSeen _, StreamStart _ -> Verdict.YES;
                default -> Verdict.NO;
            };
        }

        @Override
        public void keys(Carried input, Keys sink) {}

        @Override
        public @Nullable None converse(Carried piece, @Nullable None state, Conversation turn) {
            return state;
        }
    }

    private static List<Carried> carried(Capture capture) {
        List<Carried> carried = new ArrayList<>();
        capture.tastedBy(new DnsDatagrams(), new All())
                .run(
                        Setup.Checksums.IGNORE,
                        0,
                        1,
                        new Sink() {
                            @Override
                            public void emit(Event event, Order order) {}

                            @Override
                            public void carry(Carried piece, Order order) {
                                carried.add(piece);
                            }

                            @Override
                            public void publish(Expectation expectation, Order order) {}
                        });
        return carried;
    }

    @Test
    void a_query_and_its_answer_are_carried_each_when_it_was_on_the_wire() {
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(4000, 53, QUERY)))
                        .frame(9, ip(2, 1, 17, udp(53, 4000, ANSWER)));
        assertThat(carried(capture))
                .satisfiesExactly(
                        asked -> {
                            DnsTransaction query = (DnsTransaction) asked;
                            assertThat(query.answered()).isFalse();
                            assertThat(query.name()).isEqualTo(hex("02 4162 00"));
                            assertThat(query.qtype()).isEqualTo(10);
                            assertThat(query.sequence()).isZero();
                        },
                        answered -> {
                            DnsTransaction answer = (DnsTransaction) answered;
                            assertThat(answer.answered()).isTrue();
                            assertThat(answer.sequence()).isEqualTo(1);
                            assertThat(answer.answers())
                                    .singleElement()
                                    .satisfies(
                                            one -> {
                                                assertThat(one.type()).isEqualTo(10);
                                                assertThat(one.data()).isEqualTo(hex("00ff00"));
                                            });
                        });
    }

    @Test
    void an_answer_that_repeats_no_question_has_that_of_its_query() {
        byte[] bare = hex("0007 8400 0000 0001 0000 0000 02 4162 00 000a 0001 00000000 0001 07");
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(4000, 53, QUERY)))
                        .frame(9, ip(2, 1, 17, udp(53, 4000, bare)));
        DnsTransaction answer = (DnsTransaction) carried(capture).get(1);
        assertThat(answer.name()).isEqualTo(hex("02 4162 00"));
        assertThat(answer.qtype()).isEqualTo(10);
    }

    @Test
    void datagrams_that_are_no_dns_are_carried_beside_dns_that_was_claimed() {
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(4000, 53, QUERY)))
                        .frame(9, ip(1, 2, 17, udp(4000, 53, RAW_DATAGRAM)));
        List<Carried> carried = carried(capture);
        assertThat(carried.get(1)).isInstanceOf(Datagram.class);
        assertThat(carried).extracting(Carried::sequence).containsExactly(0L, 1L);
    }

    @Test
    void echoes_are_carried_with_their_side_and_what_they_say() {
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 1, hex("0800 0000 1234 0005 616263")))
                        .frame(5, ip(2, 1, 1, hex("0000 0000 1234 0005 646566")))
                        .frame(6, ip(2, 1, 1, hex("0000 0000 1234 0006"))); // says nothing
        assertThat(carried(capture))
                .satisfiesExactly(
                        first -> {
                            EchoPayload asked = (EchoPayload) first;
                            assertThat(asked.request()).isTrue();
                            assertThat(asked.side()).isEqualTo(Side.ORIGINATOR);
                            assertThat(asked.echoId()).isEqualTo(0x1234);
                            assertThat(asked.echoSequence()).isEqualTo(5);
                            assertThat(asked.bytes()).isEqualTo(join(hex("616263")));
                        },
                        second -> {
                            EchoPayload answered = (EchoPayload) second;
                            assertThat(answered.request()).isFalse();
                            assertThat(answered.side()).isEqualTo(Side.RESPONDER);
                            assertThat(answered.sequence()).isEqualTo(1);
                        });
    }

    /// Cannot tell, ever.
    private static final class Patient implements StreamParser {
        @Override
        public String name() {
            return "patient";
        }

        @Override
        public String about() {
            return "asks for more";
        }

        @Override
        public Hints hints() {
            return Hints.ports(9);
        }

        @Override
        public int probe(Bytes head, Side side) {
            return Verdict.MORE;
        }

        @Override
        public Session open(Connection connection) {
            throw new IllegalStateException("nobody reads it");
        }
    }

    @Test
    void what_came_while_a_parser_was_looked_for_is_carried_when_it_was_on_the_wire() {
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 6, tcp(40_000, 9, "S", 100, 0, "")))
                        .frame(1, ip(2, 1, 6, tcp(9, 40_000, "S.", 500, 101, "")))
                        .frame(2000, ip(1, 2, 6, tcp(40_000, 9, ".", 101, 501, "one")))
                        .frame(7000, ip(1, 2, 6, tcp(40_000, 9, ".", 104, 501, "two")))
                        .frame(9000, ip(2, 1, 6, tcp(9, 40_000, ".", 501, 107, "ok")))
                        .frame(9100, ip(1, 2, 6, tcp(40_000, 9, ".", 107, 503, "three")))
                        .frame(9200, ip(1, 2, 6, tcp(40_000, 9, "F.", 112, 503, "")))
                        .frame(9300, ip(2, 1, 6, tcp(9, 40_000, "F.", 503, 113, "")));
        capture.readBy(new Patient());
        List<StreamPiece> pieces =
                carried(capture).stream()
                        .map(StreamPiece.class::cast)
                        .filter(piece -> !piece.end())
                        .toList();
        assertThat(pieces)
                .extracting(piece -> new String(piece.bytes(), StandardCharsets.US_ASCII))
                .containsExactly("one", "two", "ok", "three");
        assertThat(pieces)
                .extracting(piece -> (piece.ts() - pieces.getFirst().ts()) / 1_000_000)
                .containsExactly(0L, 5000L, 7000L, 7100L);
        assertThat(pieces).extracting(StreamPiece::offset).containsExactly(0L, 3L, 0L, 6L);
    }
}
