package io.hark.parse.smb;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.event.Side;
import io.hark.event.SmbMapping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Messages are put together from MS-SMB2 §2.2.1, §2.2.9, §2.2.10.
class SmbSessionTest {

    private static final int TREE_CONNECT = 3;

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

    private static byte[] asks(int message, String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer body = body(8 + name.length).putShort((short) 9).putShort((short) 0);
        body.putShort((short) (64 + 8)).putShort((short) name.length).put(name);
        return framed(message, 0, body.array());
    }

    private static byte[] grants(int message) {
        return framed(message, 1, body(16).putShort((short) 16).put((byte) 1).array());
    }

    private static ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] framed(int message, int answer, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(4 + 64 + body.length).putInt(64 + body.length);
        out.order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xfe)
                .put("SMB".getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 64).putShort((short) 0).putInt(0);
        out.putShort((short) TREE_CONNECT).putShort((short) 1).putInt(answer).putInt(0);
        out.putLong(message).putInt(0).putInt(message).putLong(1).position(4 + 64);
        return out.put(body).array();
    }
}
