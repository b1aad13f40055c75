package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.RpcDetail;
import io.hark.event.RpcDetail.Interface;
import org.jspecify.annotations.Nullable;

/// A packet of DCE-RPC over TCP and its answer.
public final class EveDcerpc implements EveMapping<RpcDetail> {

    private static final Key DCERPC = new Key("dcerpc");
    private static final Key REQUEST = new Key("request");
    private static final Key RESPONSE = new Key("response");
    private static final Key INTERFACES = new Key("interfaces");
    private static final Key UUID = new Key("uuid");
    private static final Key VERSION = new Key("version");
    private static final Key ACK_RESULT = new Key("ack_result");
    private static final Key REQ = new Key("req");
    private static final Key RES = new Key("res");
    private static final Key OPNUM = new Key("opnum");
    private static final Key FRAGMENTS = new Key("frag_cnt");
    private static final Key STUB = new Key("stub_data_size");
    private static final Key CALL_ID = new Key("call_id");
    private static final Key RPC_VERSION = new Key("rpc_version");

    /// The mapping.
    public EveDcerpc() {}

    @Override
    public Class<RpcDetail> kind() {
        return RpcDetail.class;
    }

    @Override
    public void write(RpcDetail call, EveLines out) {
        JsonWriter json = out.begin("dcerpc", call.seen(), call, EveLines.TCP, false);
        json.object(DCERPC);
        json.text(REQUEST, name(call.request(), "REQUEST_LOST"));
        json.text(RESPONSE, name(call.response(), "UNREPLIED"));
        if (!call.interfaces().isEmpty()) {
            json.list(INTERFACES);
            for (Interface one : call.interfaces()) {
                json.object().text(UUID, one.uuid()).text(VERSION, one.version());
                json.number(ACK_RESULT, one.result()).end();
            }
            json.endList();
        }
        if (call.opnum() != null) {
            json.object(REQ).number(OPNUM, call.opnum());
            json.number(FRAGMENTS, call.request_fragments());
            json.number(STUB, call.request_size()).end();
            if (call.response() != null) {
                json.object(RES).number(FRAGMENTS, call.response_fragments());
                json.number(STUB, call.response_size()).end();
            }
        }
        json.number(CALL_ID, call.call_id()).text(RPC_VERSION, "5.0").end();
        out.end();
    }

    private static String name(@Nullable Integer type, String absent) {
        return type == null
                ? absent
                : switch (type) {
                    case 0 -> "REQUEST";
                    case 2 -> "RESPONSE";
                    case 3 -> "FAULT";
                    case 11 -> "BIND";
                    case 12 -> "BINDACK";
                    case 13 -> "BINDNAK";
                    case 14 -> "ALTER_CONTEXT";
                    case 15 -> "ALTER_CONTEXT_RESP";
                    default -> "UNKNOWN";
                };
    }
}
