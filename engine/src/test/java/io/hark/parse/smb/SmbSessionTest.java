package io.hark.parse.smb;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.event.DceRpc;
import io.hark.event.FileSeen;
import io.hark.event.Side;
import io.hark.event.SmbMapping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// Messages are put together from MS-SMB2 §2.2.1, §2.2.9, §2.2.10.
class SmbSessionTest {

    private static final int TREE_CONNECT = 3;
    private static final int WRITE = 9;

    @Test
    void behind_a_gap_it_reads_on_from_the_next_message() {
        TestConnection seen =
                Driver.run(
                        new SmbParser(),
                        new Script()
                                .originator(asks(1, "\\\\a\\one"))
                                .responder(grants(1))
                                .gap(Side.ORIGINATOR, 100)
                                .originator("the rest of a message, \0\0\0\0SMB among it")
                                .originator(asks(2, "\\\\a\\two"))
                                .responder(grants(2))
                                .steps());

        assertThat(seen.events(SmbMapping.class))
                .extracting(SmbMapping::path)
                .containsExactly("\\\\a\\one", "\\\\a\\two");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void a_pipe_that_was_opened_unseen_is_known_by_what_binds_in_it() {
        TestConnection seen =
                Driver.run(
                        new SmbParser(),
                        new Script()
                                .originator(writes(1, bind()))
                                .responder(framed(WRITE, 1, 1, new byte[16]))
                                .originator(writes(2, request()))
                                .steps());

        assertThat(seen.events(DceRpc.class))
                .extracting(DceRpc::endpoint, DceRpc::operation)
                .containsExactly(Tuple.tuple("samr", "SamrQueryInformationGroup"));
        assertThat(seen.events(FileSeen.class)).isEmpty();
    }

    /// MS-SMB2 §2.2.21: a write of these octets to a file that nobody saw being opened.
    private static byte[] writes(int message, byte[] octets) {
        ByteBuffer body = body(48 + octets.length).putShort((short) 49);
        body.putShort((short) (64 + 48)).putInt(octets.length).putLong(0).putLong(7).putLong(9);
        return framed(WRITE, message, 0, body.position(48).put(octets).array());
    }

    /// C706 §12.6.4.3: a bind of one context, number 1, to SAMR.
    private static byte[] bind() {
        ByteBuffer body = rpc(11, 72).putShort((short) 4280).putShort((short) 4280).putInt(0);
        body.putInt(1).putShort((short) 1).put((byte) 1).put((byte) 0);
        body.putInt(0x12345778).putShort((short) 0x1234).putShort((short) 0xabcd);
        body.put(HexFormat.of().parseHex("ef000123456789ac")).putInt(1);
        body.putInt(0x8a885d04).putShort((short) 0x1ceb).putShort((short) 0x11c9);
        return body.put(HexFormat.of().parseHex("9fe808002b104860")).putInt(2).array();
    }

    /// C706 §12.6.4.9: operation 20 of context 1.
    private static byte[] request() {
        return rpc(0, 24).putInt(0).putShort((short) 1).putShort((short) 20).array();
    }

    private static ByteBuffer rpc(int type, int length) {
        ByteBuffer out = body(length).put((byte) 5).put((byte) 0).put((byte) type).put((byte) 3);
        return out.putInt(0x10).putShort((short) length).putShort((short) 0).putInt(2);
    }

    private static byte[] asks(int message, String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer body = body(8 + name.length).putShort((short) 9).putShort((short) 0);
        body.putShort((short) (64 + 8)).putShort((short) name.length).put(name);
        return framed(TREE_CONNECT, message, 0, body.array());
    }

    private static byte[] grants(int message) {
        return framed(
                TREE_CONNECT, message, 1, body(16).putShort((short) 16).put((byte) 1).array());
    }

    private static ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] framed(int command, int message, int answer, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(4 + 64 + body.length).putInt(64 + body.length);
        out.order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xfe)
                .put("SMB".getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 64).putShort((short) 0).putInt(0);
        out.putShort((short) command).putShort((short) 1).putInt(answer).putInt(0);
        out.putLong(message).putInt(0).putInt(message).putLong(1).position(4 + 64);
        return out.put(body).array();
    }
}
