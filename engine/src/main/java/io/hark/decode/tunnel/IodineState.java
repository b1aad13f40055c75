package io.hark.decode.tunnel;

import io.hark.schema.Stored;
import java.util.List;

/// What is known of one iodine tunnel.
///
/// @param proven whether something has shown that it is one
/// @param opened whether that was said
/// @param users its clients, by number
/// @param traffic what it carried
/// @param recent of raw datagrams, what they were and how they came: what two taps saw is read once
/// @param last where something was last said
public record IodineState(
        boolean proven,
        boolean opened,
        List<User> users,
        Traffic traffic,
        List<Sighting> recent,
        List<Place> last)
        implements Stored {

    static final IodineState NEW =
            new IodineState(false, false, List.of(), Traffic.NONE, List.of(), List.of());

    /// One client.
    ///
    /// @param number the server's number for it
    /// @param challenge what it has to log in with, 0 for none seen
    /// @param password the name of the secret that its login was made with; empty for none
    /// @param codec the alphabet of its data; empty where that is not known
    /// @param address what it was given in the tunnel; empty before
    /// @param up the packet it is sending
    /// @param down the packet it is being sent
    public record User(
            int number,
            int challenge,
            String password,
            String codec,
            String address,
            Way up,
            Way down)
            implements Stored {

        static User of(int number, int challenge) {
            return new User(number, challenge, "", "", "", Way.NEW, Way.NEW);
        }

        User password(String name) {
            return new User(number, challenge, name, codec, address, up, down);
        }

        User codec(String name) {
            return new User(number, challenge, password, name, address, up, down);
        }

        User address(String given) {
            return new User(number, challenge, password, codec, given, up, down);
        }

        User up(Way way) {
            return new User(number, challenge, password, codec, address, way, down);
        }

        User down(Way way) {
            return new User(number, challenge, password, codec, address, up, way);
        }
    }

    /// The packet that is on its way in one direction.
    ///
    /// @param sequence its number, -1 before the first
    /// @param next the number of the fragment that is missing; -1 where nothing more is wanted
    /// @param fragments those that came
    public record Way(int sequence, int next, List<Fragment> fragments) implements Stored {
        static final Way NEW = new Way(-1, -1, List.of());
    }

    /// A fragment as it came.
    public record Fragment(byte[] octets) implements Stored {}
}
