package io.hark.live;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.hark.UserError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.NetworkInterface;
import java.util.stream.Collectors;

/// An interface of this machine.
///
/// @param name what the system calls it
/// @param number what the kernel calls it
/// @param hardware its kind by the kernel's numbers (`linux/if_arp.h`)
record Interface(String name, int number, int hardware) {

    /// Link type of Ethernet frames, by tcpdump.org's numbers.
    static final int ETHERNET = 1;

    private static final int RAW_IP = 101;
    private static final int UNKNOWN = -1;

    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int ARPHRD_NONE = 65534;

    private static final int LONGEST_NAME = 15;

    /// The interface of that name.
    ///
    /// @throws UserError if there is none
    /// @throws IOException if we may not look at it
    static Interface of(Kernel kernel, String name) throws IOException {
        // what has another form is no interface, and must be no path below either
        boolean proper =
                !name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && name.chars().noneMatch(c -> c == '/' || c <= ' ' || c > '~')
                        && !name.startsWith(".");
        int number = proper ? kernel.interfaceNumber(name) : 0;
        if (number == 0) {
            throw new UserError("there is no interface " + name + "; there are: " + names());
        }
        return new Interface(name, number, hardware(kernel, number));
    }

    /// Asks a socket that is bound there; `/sys` may be of another network namespace.
    private static int hardware(Kernel kernel, int number) throws IOException {
        int socket = kernel.socket(Kernel.AF_PACKET, Kernel.SOCK_RAW | Kernel.SOCK_CLOEXEC, 0);
        try (Arena call = Arena.ofConfined()) {
            MemorySegment address = Kernel.packetAddress(call, 0, number);
            kernel.bind(socket, address);
            kernel.nameOf(socket, address);
            return Short.toUnsignedInt(address.get(JAVA_SHORT, 8));
        } finally {
            kernel.close(socket);
        }
    }

    private static String names() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "none that can be listed (" + e.getMessage() + ")";
        }
    }

    boolean isLoopback() {
        return hardware == ARPHRD_LOOPBACK;
    }

    /// Whether the ring takes it: its frames begin with a header that we know.
    boolean isPlain() {
        return linkType() != UNKNOWN;
    }

    /// What its frames begin with, by tcpdump.org's numbers; -1 where libpcap has to tell.
    int linkType() {
        return switch (hardware) {
            case ARPHRD_ETHER, ARPHRD_LOOPBACK -> ETHERNET;
            case ARPHRD_NONE -> RAW_IP; // a tun device
            default -> UNKNOWN;
        };
    }
}
