package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.Legible;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.ArrayList;
import java.util.List;

/// Says the commands of a dnscat2 session and what they were answered.
///
/// ```
/// | length of the rest u32 | answer 1 bit, request 15 bits | command u16 | fields |
/// ```
///
/// *Source*: dnscat2's `doc/command_protocol.md`, which stops at UPLOAD and ERROR; the layouts of
/// those behind are not confirmed. No real capture verifies any of them.
///
/// @param ts when the last octets were on the wire
record Dnscat2Commands(Conversation turn, Voice voice, long ts) {

    private static final int LENGTH = 4;
    private static final int LEAST = 4;
    private static final int MAX_KEPT = 64 << 10; // octets of one command; the rest passes by
    private static final int MAX_AT_ONCE = 4096; // commands: more do not fit into what is unread
    private static final int ANSWER = 0x8000;

    private static final int PING = 0;
    private static final int SHELL = 1;
    private static final int EXEC = 2;
    private static final int DOWNLOAD = 3;
    private static final int UPLOAD = 4;
    private static final int SHUTDOWN = 5;
    private static final int DELAY = 6;
    private static final int CONNECT = 0x1000;
    private static final int DATA = 0x1001;
    private static final int CLOSE = 0x1002;
    private static final int ERROR = 0xffff;

    /// Says those that are there.
    Dnscat2Stream take(Dnscat2Stream stream, Speaker side) {
        Dnscat2Stream rest = stream;
        for (int i = 0; i < MAX_AT_ONCE && rest.unread().length >= LENGTH; i++) {
            Bytes in = Bytes.of(rest.unread());
            long length = in.u32();
            int kept = (int) Math.min(length, MAX_KEPT);
            if (in.remaining() < kept) {
                break;
            }
            say(Bytes.of(in.take(kept)), length, side);
            rest = rest.drop(LENGTH + kept, length - kept);
            // what passes by may be among the unread already
            int here = (int) Math.min(rest.passing(), rest.unread().length);
            rest = rest.drop(here, -here);
        }
        return rest;
    }

    private void say(Bytes in, long length, Speaker side) {
        if (length < LEAST) {
            voice.say(ts, side, Topic.BINARY, "not read: a command of " + length + " bytes");
            return;
        }
        int id = in.u16();
        int command = in.u16();
        boolean answer = (id & ANSWER) != 0;
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("command", word(command)));
        facts.add(Fact.of("request", id & ~ANSWER));
        facts.add(Fact.of("bytes", length));
        String fields = answer ? answered(in, command) : asked(in, command);
        boolean file = command == (answer ? DOWNLOAD : UPLOAD) && in.remaining() > 0;
        if (file && length <= MAX_KEPT) {
            facts.addAll(turn.keep(in.take(in.remaining()), "bin"));
        }
        String text = (answer ? "answers " : "") + word(command) + " " + fields;
        voice.verified(false).say(ts, side, topic(command), text.strip(), facts);
    }

    private static String asked(Bytes in, int command) {
        return switch (command) {
            case PING, SHELL, DOWNLOAD, UPLOAD -> text(in);
            case EXEC -> {
                String name = text(in);
                yield text(in) + " (as " + name + ")";
            }
            case DELAY -> in.u32() + " ms";
            case CONNECT -> {
                in.u32(); // options
                yield text(in) + " port " + in.u16();
            }
            case DATA -> in.u32() + ": " + in.remaining() + " bytes";
            case CLOSE -> in.u32() + " " + text(in);
            case ERROR -> in.u16() + " " + text(in);
            default -> Legible.of(in.take(in.remaining()));
        };
    }

    private static String answered(Bytes in, int command) {
        return switch (command) {
            case SHELL, EXEC -> "with session " + in.u16();
            case DOWNLOAD -> "with " + in.remaining() + " bytes";
            case CONNECT -> "with tunnel " + in.u32();
            default -> asked(in, command);
        };
    }

    /// Text up to a zero.
    private static String text(Bytes in) {
        int end = in.indexOf(0, in.offset());
        byte[] octets = in.take((end < 0 ? in.length() : end) - in.offset());
        in.skip(end < 0 ? 0 : 1);
        return Legible.of(octets);
    }

    private static String word(int command) {
        return switch (command) {
            case PING -> "ping";
            case SHELL -> "shell";
            case EXEC -> "exec";
            case DOWNLOAD -> "download";
            case UPLOAD -> "upload";
            case SHUTDOWN -> "shutdown";
            case DELAY -> "delay";
            case CONNECT -> "tunnel connect";
            case DATA -> "tunnel data";
            case CLOSE -> "tunnel close";
            case ERROR -> "error";
            default -> "command " + command;
        };
    }

    private static Topic topic(int command) {
        return switch (command) {
            case PING -> Topic.KEEPALIVE;
            case SHELL, EXEC -> Topic.PROCESS_START;
            case DOWNLOAD -> Topic.FILE_GET;
            case UPLOAD -> Topic.FILE_PUT;
            case SHUTDOWN, DELAY -> Topic.CONTROL;
            case CONNECT, DATA, CLOSE -> Topic.PROXY;
            default -> Topic.UNKNOWN;
        };
    }
}
