package io.hark.parse.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.event.RpcDetail;
import io.hark.event.RpcDetail.Interface;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DceRpcParserTest {

    private static final String UUID =
            "\170\126\064\022\064\022\315\253\357\0\1\043\105\147\211\254";
    private static final String NDR =
            "\004\135\210\212\353\034\311\021\237\350\010\0\053\020\110\140";

    private final DceRpcParser parser = new DceRpcParser();

    private TestConnection run(Script script) {
        TestConnection connection = new TestConnection();
        connection.wantedDetails = Set.of(RpcDetail.class);
        return Driver.run(parser, script.steps(), connection);
    }

    /// A fragment of call 7, all in little endian.
    private static String fragment(int type, int flags, String body) {
        int length = 16 + body.length();
        return "\5\0"
                + (char) type
                + (char) flags
                + "\20\0\0\0"
                + u16(length)
                + "\0\0\7\0\0\0"
                + body;
    }

    private static String u16(int value) {
        return "" + (char) (value & 0xff) + (char) (value >>> 8);
    }

    @Test
    void packets_are_told_with_their_answers_fragments_as_one() {
        String max = "\0\20\0\20\0\0\0\0";
        String bind = max + "\1\0\0\0" + "\0\0\1\0" + UUID + "\1\0\0\0" + NDR + "\2\0\0\0";
        String bound = max + "\4\000135\0" + "\0\0" + "\1\0\0\0" + "\0\0\0\0" + NDR + "\2\0\0\0";
        String call = "\0\0\0\0\0\0\3\0";
        Script script = new Script();
        script.originator(fragment(11, 3, bind)).responder(fragment(12, 3, bound));
        script.originator(fragment(0, 1, call + "abcd")).originator(fragment(0, 2, call + "ef"));
        script.responder(fragment(2, 3, call + "0123456789"));
        script.originator(fragment(0, 3, call));
        TestConnection seen = run(script);

        List<RpcDetail> told = seen.events(RpcDetail.class);
        assertThat(told).extracting(RpcDetail::request).containsExactly(11, 0, 0);
        assertThat(told).extracting(RpcDetail::response).containsExactly(12, 2, null);
        assertThat(told.getFirst().interfaces())
                .containsExactly(new Interface("12345678-1234-abcd-ef00-0123456789ac", "1.0", 0));
        RpcDetail answered = told.get(1);
        assertThat(answered.call_id()).isEqualTo(7);
        assertThat(answered.opnum()).isEqualTo(3);
        assertThat(answered.request_fragments()).isEqualTo(2);
        assertThat(answered.request_size()).isEqualTo(6);
        assertThat(answered.response_size()).isEqualTo(10);
    }

    @Test
    void a_bind_that_promises_more_than_it_has_is_told_as_far_as_it_goes() {
        String bind = "\0\20\0\20\0\0\0\0\377\0\0\0\0\0\377\0" + UUID + "\1\0\0\0";
        TestConnection seen = run(new Script().originator(fragment(11, 3, bind)));
        assertThat(seen.events(RpcDetail.class).getFirst().interfaces()).hasSize(1);
    }
}
