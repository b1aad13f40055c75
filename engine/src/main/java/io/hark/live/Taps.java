package io.hark.live;

import io.hark.UserError;
import io.hark.live.Live.How;
import io.hark.live.Live.Wish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Opens the interfaces that somebody wishes to listen to, each in the way that it allows.
final class Taps {

    private Taps() {}

    /// All of them, or none.
    ///
    /// @throws UserError if one cannot be opened, with what to do about it
    static List<Tap> open(Kernel kernel, Wish wish) {
        List<Tap> taps = new ArrayList<>();
        try {
            for (String name : wish.interfaces()) {
                taps.add(tap(kernel, wish, name));
            }
            return taps;
        } catch (UserError | IOException e) {
            UserError error =
                    e instanceof UserError ours
                            ? ours
                            : new UserError(why(e, wish.interfaces().get(taps.size())), e);
            try {
                close(taps, kernel);
            } catch (IOException another) {
                error.addSuppressed(another);
            }
            throw error;
        }
    }

    private static Tap tap(Kernel kernel, Wish wish, String name) throws IOException {
        boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
        if (wish.how() == How.LIBPCAP || !linux || name.equals("any") && wish.how() == How.AUTO) {
            return pcap(wish, name);
        }
        Interface from = Interface.of(kernel, name);
        if (from.isPlain()) {
            return Ring.open(
                    kernel, from, wish.ringBytes(), wish.promiscuous(), filter(wish, name));
        } else if (wish.how() == How.RING) {
            throw new UserError(
                    name
                            + " is of a kind that the ring does not read (hardware type "
                            + from.hardware()
                            + "): leave --capture out, and libpcap reads it");
        }
        return pcap(wish, name);
    }

    private static Tap pcap(Wish wish, String name) throws IOException {
        LibPcap library = LibPcap.load(LibPcap.NAMES, "capturing on " + name);
        return PcapTap.open(library, name, wish.ringBytes(), wish.promiscuous(), wish.filter());
    }

    private static @Nullable Filter filter(Wish wish, String name) throws IOException {
        String text = wish.filter();
        if (text == null || text.isBlank()) {
            return null;
        }
        // compiled on the interface itself: libpcap then knows where VLAN tags are
        LibPcap library = LibPcap.load(LibPcap.NAMES, "a filter");
        try (LibPcap.Handle handle = library.open(name, false, 0)) {
            return handle.compile(text);
        }
    }

    private static String why(Exception e, String name) {
        String text = "cannot capture on " + name + ": " + e.getMessage();
        if (e instanceof Kernel.Failure failure && failure.isForbidden()) {
            return text
                    + "\ncapturing needs the right CAP_NET_RAW: run it with sudo (Hark gives root's rights up once"
                    + " the interface is open)"
                    + "\nor let a service have the right: AmbientCapabilities=CAP_NET_RAW in its systemd unit";
        } else if (e instanceof Kernel.Failure failure && failure.errno == Kernel.ENOMEM) {
            return text + "\nthe kernel has no room for the ring: ask for less, e.g. --ring 16MB";
        }
        return text;
    }

    static void close(List<Tap> taps, Kernel kernel) throws IOException {
        for (Tap tap : taps) {
            tap.close();
        }
        kernel.close();
    }
}
