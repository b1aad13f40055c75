package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.event.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// iodine: IP packets in DNS names and records, or in datagrams of its own to the DNS port.
///
/// *Key*: the tunnel's domain, so that a tunnel through any number of resolvers is one
/// conversation; its raw datagrams name no domain, and are one of their server and user. *Source*:
/// iodine's `doc/proto_00000502.txt`, and recordings.
public final class Iodine implements Decoder<IodineState> {

    /// The most octets of one connection: a download through a tunnel, and the bound on packets
    /// that leave it is another's.
    private static final long MAX_CARRIED = 256L << 20;

    static final int RAW_HEADER = 4;
    static final int RAW_LOGIN = 1;
    static final int RAW_DATA = 2;
    static final int RAW_PING = 3;
    private static final int HASH = 16;
    private static final int ZLIB = 0x78; // first octet of a stream with an ordinary window

    @Override
    public String name() {
        return IodineTalk.NAME;
    }

    @Override
    public String about() {
        return "iodine: IP packets in DNS names and records";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("iodine"),
                Set.of(Carrier.DNS, Carrier.DATAGRAM),
                none,
                "everything: the packets inside are read as traffic of their own",
                "",
                true);
    }

    @Override
    public Class<IodineState> stateType() {
        return IodineState.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(Tasting tasting) {
        return switch (tasting) {
            case DnsSeen seen -> IodineName.mayBe(seen.message()) ? Verdict.YES : Verdict.NO;
            case DatagramSeen seen -> isRaw(seen.payload()) ? Verdict.YES : Verdict.NO;
            default -> Verdict.NO;
        };
    }

    /// Whether it is one of iodine's datagrams: `10 d1 9e`, then a command and a user of four bits
    /// each.
    private static boolean isRaw(Bytes payload) {
        if (payload.peekU16(0) != 0x10d1 || payload.peek(2) != 0x9e) {
            return false;
        }
        int length = payload.length();
        return switch (payload.peek(3) >> 4) {
            case RAW_LOGIN -> length == RAW_HEADER + HASH;
            case RAW_DATA -> payload.peek(RAW_HEADER) == ZLIB;
            case RAW_PING -> length == RAW_HEADER;
            default -> false;
        };
    }

    @Override
    public void keys(Carried input, Keys sink) {
        switch (input) {
            case DnsTransaction message -> IodineName.domains(message).forEach(sink::add);
            case Datagram datagram -> {
                if (datagram.bytes().length >= RAW_HEADER) {
                    int user = datagram.bytes()[RAW_HEADER - 1] & 0xf;
                    sink.add("raw " + datagram.id().resp_h() + " user " + user);
                }
            }
            default -> {} // tasted none
        }
    }

    @Override
    public @Nullable IodineState converse(
            Carried piece, @Nullable IodineState state, Conversation turn) {
        IodineTalk talk = new IodineTalk(state == null ? IodineState.NEW : state, turn);
        switch (piece) {
            case DnsTransaction message -> talk.dns(message);
            case Datagram datagram -> talk.raw(datagram);
            default -> {}
        }
        return talk.state();
    }

    @Override
    public void end(IodineState state, Turn<Message> turn) {
        IodineTalk.end(state, turn);
    }
}
