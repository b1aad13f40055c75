package io.hark.decode.tunnel;

import io.hark.Keyed;
import io.hark.Voice;
import io.hark.event.Message;
import io.hark.schema.Stored;
import java.util.List;

/// What is known of one dnscat2 session.
///
/// @param pairs how many answers fitted their questions
/// @param proof [#PROVEN] once it is dnscat2 beyond doubt, [#TOLD] once that was said
/// @param client the client's public key; empty before it was seen
/// @param server the server's
/// @param shared the secret that opens it; empty for none
/// @param secret the name of the secret of the keyring that gave it
/// @param password the name of the pre-shared secret that was proved
/// @param tries sealed packets that every secret was tried on since keys were agreed
/// @param name what the client calls the session
/// @param options of its SYN; -1 before one was seen
/// @param up what the client sent
/// @param down what the server sent
/// @param upNumber number of the last sealed packet of the client; -1 for none
/// @param downNumber of the server
/// @param sealed packets that stay closed
/// @param traffic what was read
/// @param finished whether a FIN was told of
/// @param last where it was last seen
public record Dnscat2Session(
        int pairs,
        int proof,
        byte[] client,
        byte[] server,
        byte[] shared,
        String secret,
        String password,
        int tries,
        String name,
        int options,
        Dnscat2Stream up,
        Dnscat2Stream down,
        int upNumber,
        int downNumber,
        Traffic sealed,
        Traffic traffic,
        boolean finished,
        List<Place> last)
        implements Stored {

    static final int PROVEN = 1;
    static final int TOLD = 2;

    private static final int COMMAND = 0x20; // option of a SYN

    static final Dnscat2Session NEW =
            new Dnscat2Session(
                    0,
                    0,
                    new byte[0],
                    new byte[0],
                    new byte[0],
                    "",
                    "",
                    0,
                    "",
                    -1,
                    Dnscat2Stream.NEW,
                    Dnscat2Stream.NEW,
                    -1,
                    -1,
                    Traffic.NONE,
                    Traffic.NONE,
                    false,
                    List.of());

    boolean isProven() {
        return proof >= PROVEN;
    }

    /// Whether the session carries commands, not lines.
    boolean isCommands() {
        return options >= 0 && (options & COMMAND) != 0;
    }

    /// Whether both public keys were seen: from here on everything is sealed.
    boolean isSealed() {
        return client.length > 0 && server.length > 0 || shared.length > 0;
    }

    /// Who says what happened at that place.
    Voice voice(Keyed.Turn<Message> turn, Place place) {
        Voice voice = place.voice(turn, Dnscat2.NAME, "udp", "dns", Dnscat2.NAME);
        return shared.length == 0
                ? voice
                : voice.within(List.of("udp", "dns", Dnscat2.NAME, "salsa20")).openedBy(secret);
    }
}
