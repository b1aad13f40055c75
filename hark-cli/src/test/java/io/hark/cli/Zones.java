package io.hark.cli;

import java.io.IOException;
import java.util.List;

/// Network namespaces of a small site: a router joins the zones `bait` (10.91.1.0/24) and `office`
/// (10.91.2.0/24) with the outside (203.0.113.0/24). In office a switch joins two hosts. Nothing
/// beyond them hears what is sent there.
///
/// Interfaces where a sensor can stand: of the router [#router] `rbait`, `roffice`, `rout`; of the
/// switch [#office] `port`, where all passes that the first host of office says.
final class Zones implements AutoCloseable {

    static final String BAIT = "10.91.1.2";
    static final String OFFICE = "10.91.2.2";
    static final String OFFICE_TOO = "10.91.2.3";
    static final String OUTSIDE = "203.0.113.2";

    private final String prefix = "hark-" + ProcessHandle.current().pid() + "-";
    final String router = prefix + "r";
    final String office = prefix + "s";
    private final List<String> all =
            List.of(router, office, host(BAIT), host(OFFICE), host(OFFICE_TOO), host(OUTSIDE));

    private Zones() {}

    /// Makes them, or skips the test with the reason.
    static Zones make(String... programs) throws Exception {
        Namespaces.assume(programs);
        Zones made = new Zones();
        boolean done = false;
        try {
            made.wire();
            done = true;
        } finally {
            if (!done) {
                made.close();
            }
        }
        return made;
    }

    /// The namespace of a host.
    String host(String address) {
        return prefix + address;
    }

    private void wire() throws Exception {
        for (String name : all) {
            Namespaces.run("ip", "netns", "add", name);
            Namespaces.silence(name);
        }
        Namespaces.in(router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        cable(router, "rbait", host(BAIT), "eth");
        address(router, "rbait", "10.91.1.1/24");
        cable(router, "rout", host(OUTSIDE), "eth");
        address(router, "rout", "203.0.113.1/24");
        Namespaces.run("ip", "-n", office, "link", "add", "bridge", "type", "bridge");
        Namespaces.run("ip", "-n", office, "link", "set", "bridge", "up");
        cable(office, "uplink", router, "roffice");
        address(router, "roffice", "10.91.2.1/24");
        cable(office, "port", host(OFFICE), "eth");
        cable(office, "other", host(OFFICE_TOO), "eth");
        for (String port : List.of("uplink", "port", "other")) {
            Namespaces.run("ip", "-n", office, "link", "set", port, "master", "bridge");
        }
        for (String host : List.of(BAIT, OFFICE, OFFICE_TOO, OUTSIDE)) {
            address(host(host), "eth", host + "/24");
            String gateway = host.substring(0, host.lastIndexOf('.')) + ".1";
            Namespaces.run("ip", "-n", host(host), "route", "add", "default", "via", gateway);
        }
    }

    private static void cable(String from, String name, String to, String peer) throws Exception {
        Namespaces.run(
                "ip", "-n", from, "link", "add", name, "type", "veth", "peer", "name", peer,
                "netns", to);
        Namespaces.run("ip", "-n", from, "link", "set", name, "up");
        Namespaces.run("ip", "-n", to, "link", "set", peer, "up");
    }

    private static void address(String namespace, String name, String address) throws Exception {
        Namespaces.run("ip", "-n", namespace, "addr", "add", address, "dev", name);
    }

    /// A host says something to another by TCP, several times, and hears it again.
    void talk(String from, String to, int times) throws Exception {
        Process echo =
                new ProcessBuilder(
                                "ip",
                                "netns",
                                "exec",
                                host(to),
                                "socat",
                                "TCP-LISTEN:7000,fork,reuseaddr",
                                "PIPE")
                        .start();
        try {
            for (int i = 0; i < times; i++) {
                Namespaces.in(
                        host(from),
                        "sh",
                        "-c",
                        "echo hello | socat -t 1 - TCP:" + to + ":7000,retry=100,interval=0.1");
            }
        } finally {
            echo.destroy();
            echo.waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : all) {
            new ProcessBuilder("ip", "netns", "del", name).start().onExit().join();
        }
    }
}
