package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Pop3Detail;

/// A POP3 command and its reply.
public final class EvePop3 implements EveMapping<Pop3Detail> {

    private static final Key POP3 = new Key("pop3");
    private static final Key REQUEST = new Key("request");
    private static final Key COMMAND = new Key("command");
    private static final Key ARGUMENTS = new Key("args");
    private static final Key RESPONSE = new Key("response");
    private static final Key SUCCESS = new Key("success");
    private static final Key STATUS = new Key("status");
    private static final Key HEADER = new Key("header");

    /// The mapping.
    public EvePop3() {}

    @Override
    public Class<Pop3Detail> kind() {
        return Pop3Detail.class;
    }

    @Override
    public void write(Pop3Detail pop3, EveLines out) {
        JsonWriter json = out.begin("pop3", pop3.ts(), pop3, EveLines.TCP, false).object(POP3);
        if (pop3.command() != null) {
            json.object(REQUEST).text(COMMAND, pop3.command());
            json.texts(ARGUMENTS, pop3.arguments()).end();
        }
        if (pop3.success() != null) {
            json.object(RESPONSE).flag(SUCCESS, pop3.success());
            json.text(STATUS, pop3.success() ? "OK" : "ERR").text(HEADER, pop3.reply()).end();
        }
        json.end();
        out.end();
    }
}
