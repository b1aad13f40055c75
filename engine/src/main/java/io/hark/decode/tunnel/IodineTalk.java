package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.Keyed;
import io.hark.bytes.BigEndian;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.InnerPacket;
import io.hark.decode.tunnel.IodineState.Fragment;
import io.hark.decode.tunnel.IodineState.User;
import io.hark.decode.tunnel.IodineState.Way;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One piece of an iodine tunnel being read.
final class IodineTalk {

    private static final int MAX_USERS = 16; // the server has no more numbers
    private static final int MAX_FRAGMENTS = 16; // four bits
    private static final int DEVICE_HEADER = 4; // of a tunnel device: flags, type
    private static final int UP_HEADER = 5;
    private static final int DOWN_HEADER = 2;
    private static final int MAX_TEXT = 64; // octets of the server's words

    private static final List<Alphabet> CODECS =
            List.of(Alphabet.BASE128, Alphabet.BASE64, Alphabet.BASE64U, Alphabet.BASE32);

    static final String NAME = "iodine";
    private static final String[] DNS = {"udp", "dns", "iodine"};
    private static final String[] RAW = {"udp", "iodine"};

    private final Conversation turn;
    private final List<User> users;
    private List<Sighting> recent;
    private boolean proven;
    private boolean opened;
    private Traffic traffic;
    private List<Place> last;

    IodineTalk(IodineState state, Conversation turn) {
        this.turn = turn;
        this.users = new ArrayList<>(state.users());
        this.recent = state.recent();
        this.proven = state.proven();
        this.opened = state.opened();
        this.traffic = state.traffic();
        this.last = state.last();
    }

    IodineState state() {
        return new IodineState(proven, opened, List.copyOf(users), traffic, recent, last);
    }

    // ---- DNS

    void dns(DnsTransaction message) {
        byte[] said = IodineName.characters(message, turn.key().name());
        if (said.length == 0 || !proven && IodineName.domains(message).size() > 1) {
            return; // a domain of which nothing is known is not made out of a doubtful name
        }
        Place place = Place.of(message);
        int command = said[0] >= 'A' && said[0] <= 'Z' ? said[0] | 0x20 : said[0];
        if (!message.answered()) {
            asked(place, command, said);
            return;
        }
        byte[] octets = IodineAnswer.octets(message);
        if (octets != null) {
            answered(place, command, said, octets);
        }
    }

    private void asked(Place place, int command, byte[] said) {
        int user = Character.digit(command, 16);
        if (user >= 0) {
            data(place, user, said);
        } else if (command == 'l') {
            login(said);
        }
    }

    private void answered(Place place, int command, byte[] said, byte[] octets) {
        int user = Character.digit(command, 16);
        switch (command) {
            case 'v' -> version(place, octets);
            case 'l' -> loggedIn(place, said, octets);
            case 's', 'o' -> option(place, command, said, octets);
            case 'p' -> {
                byte[] ping = Alphabet.BASE32.decode(said, 1);
                if (ping != null && ping.length > 0 && octets.length >= DOWN_HEADER) {
                    down(place, ping[0] & 0xf, octets);
                }
            }
            default -> {
                if (user >= 0 && octets.length >= DOWN_HEADER) {
                    down(place, user, octets);
                }
            }
        }
    }

    /// `VACK`, the challenge, the user's number.
    private void version(Place place, byte[] octets) {
        if (octets.length < 9 || !text(octets, 4).equals("VACK")) {
            return;
        }
        int number = octets[8] & 0xf;
        int challenge = BigEndian.i32(octets, 4);
        User before = user(number);
        if (before != null && before.challenge() == challenge) {
            return; // the same answer by another way
        }
        proven = true;
        put(User.of(number, challenge));
        String text = "version 0x00000502, user " + number;
        say(place, Topic.KEY_EXCHANGE, text, List.of(Fact.of("user", number)));
    }

    /// The MD5 of password and challenge tells which secret it is; the data needs none.
    private void login(byte[] said) {
        byte[] octets = Alphabet.BASE32.decode(said, 1);
        if (octets == null || octets.length < 17) {
            return;
        }
        User user = user(octets[0] & 0xf);
        if (user != null && user.challenge() != 0 && user.password().isEmpty()) {
            byte[] proof = Arrays.copyOfRange(octets, 1, 17);
            String name = Passwords.iodine(turn, user.challenge(), proof);
            if (name != null) {
                put(user.password(name));
            }
        }
    }

    /// `server-client-mtu-bits`, or `LNAK`.
    private void loggedIn(Place place, byte[] said, byte[] octets) {
        String answer = text(octets, MAX_TEXT);
        String[] parts = answer.split("-", -1);
        if (answer.equals("LNAK") && proven) {
            say(place, Topic.PROXY, "the login is refused", List.of());
        }
        if (parts.length != 4
                || !answer.matches("[0-9.]{7,15}-[0-9.]{7,15}-[0-9]{2,5}-[0-9]{1,2}")) {
            return;
        }
        proven = true;
        byte[] asked = Alphabet.BASE32.decode(said, 1);
        User user = asked == null || asked.length == 0 ? null : user(asked[0] & 0xf);
        if (user == null ? opened : user.address().equals(parts[1])) {
            return; // the same answer by another way
        }
        if (user != null) {
            put(user.address(parts[1]));
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("domain", turn.key().name()));
        facts.add(Fact.of("server_ip", parts[0]));
        facts.add(Fact.of("client_ip", parts[1]));
        facts.add(Fact.of("mtu", parts[2]));
        facts.add(Fact.of("netmask_bits", parts[3]));
        String secret = user == null || user.password().isEmpty() ? null : user.password();
        opened = true;
        last = List.of(place);
        String text =
                "%s/%s is given to the client, the server is %s, MTU %s"
                        .formatted(parts[1], parts[3], parts[0], parts[2]);
        place.voice(turn, NAME, DNS)
                .openedBy(secret)
                .say(place.ts(), Speaker.OPERATOR, Topic.TUNNEL_OPENED, text, facts);
    }

    private void option(Place place, int command, byte[] said, byte[] octets) {
        User user = said.length < 3 ? null : user(Alphabet.BASE32.value(said[1]));
        String name = text(octets, MAX_TEXT);
        if (user == null || !proven || !name.matches("[A-Za-z0-9]{3,12}")) {
            return;
        }
        boolean codec =
                command == 's' && CODECS.stream().anyMatch(one -> one.called().equals(name));
        if (codec && !user.codec().equals(name)) {
            put(user.codec(name));
            String text = "data from the client in " + name;
            say(place, Topic.KEY_EXCHANGE, text, List.of(Fact.of("codec", name)));
        }
    }

    // ---- data

    /// A fragment from the client: user, then `SSS FFFF DDD GGGG L` in three characters, a counter,
    /// and the data in the codec that was agreed on.
    private void data(Place place, int number, byte[] said) {
        if (said.length < UP_HEADER) {
            return;
        }
        int a = Alphabet.BASE32.value(said[1]);
        int b = Alphabet.BASE32.value(said[2]);
        int c = Alphabet.BASE32.value(said[3]);
        User user = userOrNew(number);
        if (a < 0 || b < 0 || c < 0 || user == null) {
            return;
        }
        Way way = with(user.up(), a >> 2, (a & 3) << 2 | b >> 3, said, UP_HEADER);
        if (way == user.up()) {
            return; // seen before
        }
        boolean whole = (c & 1) != 0 && way.next() >= 0;
        if (whole) {
            User decoded = decoded(place, user, way);
            way = new Way(way.sequence(), -1, List.of());
            user = decoded;
        }
        put(user.up(way));
    }

    /// Reads a packet of the client in the codec that is known, or else in the first in which it
    /// holds together.
    private User decoded(Place place, User user, Way way) {
        for (int i = -1; i < CODECS.size(); i++) {
            Alphabet codec = i < 0 ? known(user.codec()) : CODECS.get(i);
            byte[] packed = codec == null ? null : joined(way.fragments(), codec);
            if (packed != null && codec != null && packet(place, Speaker.IMPLANT, packed, true)) {
                return user.codec(codec.called());
            }
        }
        return user;
    }

    private static @Nullable Alphabet known(String name) {
        return CODECS.stream().filter(one -> one.called().equals(name)).findFirst().orElse(null);
    }

    private static byte @Nullable [] joined(List<Fragment> fragments, Alphabet codec) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (Fragment one : fragments) {
            byte[] octets = codec.decode(one.octets(), 0);
            if (octets == null) {
                return null;
            }
            packed.writeBytes(octets);
        }
        return packed.toByteArray();
    }

    /// What the server sends: `C SSS FFFF | DDD GGGG L`, then a fragment of a packet, if there is
    /// one.
    private void down(Place place, int number, byte[] octets) {
        User user = userOrNew(number);
        if (octets.length == DOWN_HEADER || user == null) {
            return; // it only acknowledges
        }
        int second = octets[1] & 0xff;
        Way way = with(user.down(), second >> 5, second >> 1 & 0xf, octets, DOWN_HEADER);
        if (way == user.down()) {
            return;
        }
        if ((second & 1) != 0 && way.next() >= 0) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            way.fragments().forEach(one -> packed.writeBytes(one.octets()));
            packet(place, Speaker.OPERATOR, packed.toByteArray(), (octets[0] & 0x80) != 0);
            way = new Way(way.sequence(), -1, List.of());
        }
        put(user.down(way));
    }

    /// With a fragment more; the same object if the fragment was seen before or cannot be used. A
    /// sequence number one or two behind is late, not seven ahead.
    private static Way with(Way way, int sequence, int number, byte[] from, int at) {
        int ahead = sequence - way.sequence() & 7;
        boolean first = way.sequence() < 0;
        if (!first && (ahead >= 6 || ahead == 0 && number != way.next())) {
            return way;
        }
        Fragment fragment = new Fragment(Arrays.copyOfRange(from, at, from.length));
        if (first || ahead != 0) {
            return number == 0
                    ? new Way(sequence, 1, List.of(fragment))
                    : new Way(sequence, -1, List.of()); // its beginning was not seen
        }
        List<Fragment> fragments = new ArrayList<>(way.fragments());
        fragments.add(fragment);
        int next = number + 1 == MAX_FRAGMENTS ? -1 : number + 1;
        return new Way(sequence, next, List.copyOf(fragments));
    }

    /// Hands on a packet that is whole; false if it is none.
    private boolean packet(Place place, Speaker side, byte[] packed, boolean compressed) {
        byte[] octets = compressed ? Inflated.of(packed) : packed;
        int length = octets == null ? -1 : InnerIp.length(octets, DEVICE_HEADER);
        if (octets == null || length < 0) {
            return false;
        }
        proven = true;
        open(place, DNS);
        traffic = traffic.and(side, place.ts(), length);
        last = List.of(place);
        byte[] packet = Arrays.copyOfRange(octets, DEVICE_HEADER, DEVICE_HEADER + length);
        turn.inner(new InnerPacket(place.ts(), packet));
        return true;
    }

    private void open(Place place, String[] how) {
        if (!opened) {
            opened = true;
            String text = "packets go through; how it was opened was not seen";
            place.voice(turn, NAME, how)
                    .say(place.ts(), Speaker.UNKNOWN, Topic.TUNNEL_OPENED, text);
        }
    }

    // ---- raw datagrams

    void raw(Datagram datagram) {
        byte[] octets = datagram.bytes();
        Sighting sighting = Sighting.of(octets, datagram.uid());
        if (sighting.isAmong(recent)) {
            return; // another tap's
        }
        recent = sighting.after(recent);
        Place place = Place.of(datagram);
        Speaker side = datagram.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        int command = octets[Iodine.RAW_HEADER - 1] >> 4 & 0xf;
        if (command == Iodine.RAW_LOGIN && side == Speaker.OPERATOR && !opened) {
            opened = true;
            proven = true;
            last = List.of(place);
            String text = "datagrams without DNS go through to the server itself";
            Fact user = Fact.of("user", octets[Iodine.RAW_HEADER - 1] & 0xf);
            place.voice(turn, NAME, RAW).say(place.ts(), side, Topic.TUNNEL_OPENED, text, user);
        } else if (command == Iodine.RAW_DATA) {
            byte[] whole =
                    Inflated.of(Arrays.copyOfRange(octets, Iodine.RAW_HEADER, octets.length));
            int length = whole == null ? -1 : InnerIp.length(whole, DEVICE_HEADER);
            if (whole != null && length > 0) {
                proven = true;
                open(place, RAW);
                traffic = traffic.and(side, place.ts(), length);
                last = List.of(place);
                byte[] packet = Arrays.copyOfRange(whole, DEVICE_HEADER, DEVICE_HEADER + length);
                turn.inner(new InnerPacket(place.ts(), packet));
            }
        }
    }

    // ---- the end

    static void end(IodineState state, Keyed.Turn<Message> turn) {
        if (state.opened() && !state.last().isEmpty()) {
            String[] how = turn.key().name().startsWith("raw ") ? RAW : DNS;
            Place place = state.last().getFirst();
            place.voice(turn, NAME, how)
                    .say(
                            place.ts(),
                            Speaker.UNKNOWN,
                            Topic.TUNNEL_CLOSED,
                            state.traffic().text("packets"),
                            state.traffic().facts());
        }
    }

    private void say(Place place, Topic topic, String text, List<Fact> facts) {
        last = List.of(place);
        place.voice(turn, NAME, DNS).say(place.ts(), Speaker.OPERATOR, topic, text, facts);
    }

    private static String text(byte[] octets, int most) {
        return new String(octets, 0, Math.min(most, octets.length), StandardCharsets.ISO_8859_1);
    }

    private @Nullable User user(int number) {
        return users.stream().filter(one -> one.number() == number).findFirst().orElse(null);
    }

    private @Nullable User userOrNew(int number) {
        User known = user(number);
        return known != null || number < 0 || number >= MAX_USERS ? known : User.of(number, 0);
    }

    private void put(User user) {
        users.removeIf(one -> one.number() == user.number());
        users.add(user);
    }
}
