package io.hark.parse.dcerpc;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.RpcDetail;
import io.hark.event.Side;
import io.hark.format.dcerpc.RpcTalk;

/// DCE-RPC over TCP, on any port: servers are told theirs by the endpoint mapper.
public final class DceRpcParser implements StreamParser {

    private static final int BIND = 11;
    private static final int BIND_ACK = 12;

    @Override
    public String name() {
        return "dce_rpc";
    }

    @Override
    public String about() {
        return "DCE-RPC over TCP (C706, MS-RPCE), with the names of Microsoft's interfaces";
    }

    @Override
    public Hints hints() {
        return Hints.ports(135).beginning("\5");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int length = RpcTalk.length(head, 0);
        if (length < 0) {
            return Verdict.NO;
        }
        if (length == 0) {
            return Verdict.MORE;
        }
        int type = head.peek(2);
        return type == BIND || type == BIND_ACK ? Verdict.YES : Verdict.MAYBE;
    }

    @Override
    public Session open(Connection connection) {
        RpcTalk talk =
                new RpcTalk(
                        connection.uid(),
                        connection.id(),
                        null,
                        connection::emit,
                        connection::confirm);
        if (connection.isWanted(RpcDetail.class)) {
            talk.tellExchanges();
        }
        return new Session() {
            @Override
            public int frame(Bytes head, Side side) {
                int length = RpcTalk.length(head, 0);
                return length < 0 ? MALFORMED : length;
            }

            @Override
            public void message(Bytes whole, Side side) {
                if (talk.fragment(whole, connection.now())) {
                    connection.confirm();
                } else {
                    whole.fail("no fragment");
                }
            }

            @Override
            public void close() {
                talk.close(connection.now());
            }
        };
    }
}
