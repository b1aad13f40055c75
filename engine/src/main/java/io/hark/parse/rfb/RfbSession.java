package io.hark.parse.rfb;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Rfb;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One connection up to where the desktop is told; the pictures are read by nobody. Where TLS is
/// agreed upon, what follows is looked at anew.
///
/// ```
/// server  RFB 003.008 LF      count types… (from 3.7) | type (4)    challenge (16)    result (4)
/// client  RFB 003.008 LF      type                                  response (16)     shared
/// server  width height format (16) length (4) name
/// ```
///
/// *Source*: RFC 6143 §7.1 to §7.3.
final class RfbSession implements StreamParser.Session {

    private static final int NONE = 1;
    private static final int VNC = 2;
    private static final int TLS = 18;
    private static final int CHALLENGE = 16;
    private static final int DESKTOP = 24; // octets in front of the name
    private static final int MAX_NAME = 4096; // octets
    private static final int MAX_REASON = 1024; // octets; servers write a sentence

    private enum Step {
        BANNER,
        TYPES,
        CHALLENGE,
        RESULT,
        SHARE,
        DESKTOP,
        REASON,
        WAIT,
        DONE
    }

    private final Connection connection;
    private final long ts;
    private Step server = Step.BANNER;
    private Step client = Step.BANNER;
    private @Nullable String serverVersion;
    private @Nullable String clientVersion;
    private boolean old; // before 3.7: the server chooses
    private @Nullable String method;
    private @Nullable Boolean auth;
    private @Nullable Boolean share;
    private @Nullable String name;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable String reason;
    private boolean told;

    RfbSession(Connection connection) {
        this.connection = connection;
        this.ts = connection.now();
    }

    @Override
    public int frame(Bytes head, Side side) {
        return switch (side == Side.ORIGINATOR ? client : server) {
            case BANNER -> whole(head, RfbParser.BANNER_LENGTH);
            case TYPES ->
                    side == Side.ORIGINATOR
                            ? whole(head, 1)
                            : old ? whole(head, 4) : whole(head, 1 + Math.max(0, head.peek(0)));
            case CHALLENGE -> whole(head, CHALLENGE);
            case RESULT -> whole(head, 4);
            case SHARE -> whole(head, 1);
            case DESKTOP -> counted(head, DESKTOP - 4, MAX_NAME);
            case REASON -> counted(head, 0, MAX_REASON);
            case WAIT -> MORE;
            case DONE -> head.length();
        };
    }

    private static int whole(Bytes head, int n) {
        return head.length() < n ? MORE : n;
    }

    /// What ends with a text behind its length.
    private static int counted(Bytes head, int lengthAt, int most) {
        long length = head.peekU32(lengthAt);
        return length > most
                ? MALFORMED
                : length < 0 ? MORE : whole(head, lengthAt + 4 + (int) length);
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (side == Side.ORIGINATOR) {
            client(whole);
        } else {
            server(whole);
        }
    }

    private void client(Bytes in) {
        switch (client) {
            case BANNER -> {
                clientVersion = version(in);
                old = clientVersion.compareTo("003.007") < 0;
                connection.confirm();
                client = old ? Step.WAIT : Step.TYPES;
            }
            case TYPES -> chosen(in.u8());
            case CHALLENGE -> {
                client = Step.SHARE;
                server = Step.RESULT;
            }
            case SHARE -> {
                share = in.u8() != 0;
                client = Step.DONE;
                server = Step.DESKTOP;
            }
            case RESULT, DESKTOP, REASON, WAIT, DONE -> connection.skip(Body.UNTIL_END);
        }
    }

    private void server(Bytes in) {
        switch (server) {
            case BANNER -> {
                serverVersion = version(in);
                server = Step.TYPES;
            }
            case TYPES -> {
                if (old) {
                    chosen((int) in.u32());
                } else if (in.u8() == 0) {
                    refused(true);
                } else {
                    server = Step.WAIT;
                }
            }
            case CHALLENGE -> {
                server = Step.WAIT;
                client = Step.CHALLENGE;
            }
            case RESULT -> {
                auth = in.u32() == 0;
                if (auth) {
                    client = Step.SHARE;
                    server = Step.WAIT;
                } else {
                    refused(clientVersion != null && clientVersion.compareTo("003.008") >= 0);
                }
            }
            case DESKTOP -> {
                width = in.u16();
                height = in.u16();
                in.skip(16 + 4);
                name = in.utf8(in.remaining());
                over();
            }
            case REASON -> {
                in.skip(4);
                reason = in.utf8(in.remaining());
                over();
            }
            case SHARE, WAIT, DONE -> connection.skip(Body.UNTIL_END);
        }
    }

    /// The server lets nobody in; from 3.8 on it always says why (RFC 6143 §7.1.2, §7.1.3).
    private void refused(boolean saysWhy) {
        auth = false;
        if (saysWhy) {
            client = Step.DONE;
            server = Step.REASON;
        } else {
            over();
        }
    }

    private void chosen(int type) {
        method = methodName(type);
        switch (type) {
            case 0 -> refused(old);
            case NONE -> {
                boolean answered = clientVersion != null && clientVersion.compareTo("003.008") >= 0;
                auth = answered ? null : Boolean.TRUE;
                client = Step.SHARE;
                server = answered ? Step.RESULT : Step.WAIT;
            }
            case VNC -> {
                server = Step.CHALLENGE;
                client = Step.WAIT;
            }
            case TLS -> connection.inner();
            default -> {
                over();
                connection.skip(Body.UNTIL_END);
            }
        }
    }

    private static String version(Bytes in) {
        return in.ascii(4, 11);
    }

    private static String methodName(int type) {
        return switch (type) {
            case 0 -> "Invalid";
            case NONE -> "None";
            case VNC -> "VNC";
            case 5 -> "RA2";
            case 6 -> "RA2ne";
            case 16 -> "Tight";
            case 17 -> "Ultra";
            case TLS -> "TLS";
            case 19 -> "VeNCrypt";
            case 20 -> "GTK-VNC SASL";
            case 21 -> "MD5 hash authentication";
            case 22 -> "Colin Dean xvp";
            case 30 -> "Apple Remote Desktop";
            default -> "unknown-" + type;
        };
    }

    private void over() {
        server = Step.DONE;
        client = Step.DONE;
        tell();
    }

    private void tell() {
        if (told || clientVersion == null) {
            return;
        }
        told = true;
        connection.emit(
                new Rfb(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        clientVersion.substring(0, 3),
                        clientVersion.substring(4),
                        serverVersion == null ? null : serverVersion.substring(0, 3),
                        serverVersion == null ? null : serverVersion.substring(4),
                        method,
                        auth,
                        share,
                        name,
                        width,
                        height,
                        reason));
    }

    @Override
    public boolean gap(Side side, long bytes) {
        return client == Step.DONE && server == Step.DONE;
    }

    @Override
    public void close() {
        tell();
    }
}
