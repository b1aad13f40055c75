package io.hark.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Two network namespaces with a cable between them: `va` in the first, `vb` in the second. Nothing
/// outside hears what is sent there.
final class Namespaces implements AutoCloseable {

    final String first = "hark-" + ProcessHandle.current().pid() + "-a";
    final String second = "hark-" + ProcessHandle.current().pid() + "-b";

    private Namespaces() {}

    /// Skips the test with the reason where namespaces, or one of the programs, cannot be had.
    static void assume(String... programs) {
        boolean root =
                "root".equals(System.getProperty("user.name"))
                        && System.getProperty("os.name").equals("Linux");
        assumeTrue(root, "skipped: network namespaces need Linux and root");
        for (String program : programs) {
            assumeTrue(isThere(program), "skipped: " + program + " is not installed");
        }
        assumeTrue(isThere("ip"), "skipped: ip (iproute2) is not installed");
    }

    /// Makes them, or skips the test with the reason.
    static Namespaces make(String... programs) throws Exception {
        assume(programs);
        Namespaces made = new Namespaces();
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

    private static boolean isThere(String program) {
        return List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/local/bin/").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
    }

    private void wire() throws Exception {
        for (String name : List.of(first, second)) {
            run("ip", "netns", "add", name);
            silence(name);
        }
        run(
                "ip", "-n", first, "link", "add", "va", "type", "veth", "peer", "name", "vb",
                "netns", second);
        run("ip", "-n", first, "addr", "add", "10.99.0.1/24", "dev", "va");
        run("ip", "-n", second, "addr", "add", "10.99.0.2/24", "dev", "vb");
        run("ip", "-n", first, "link", "set", "va", "up");
        run("ip", "-n", second, "link", "set", "vb", "up");
    }

    /// Keeps the kernel's own IPv6 chatter out of what is counted.
    static void silence(String name) throws Exception {
        in(name, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
        in(name, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
        run("ip", "-n", name, "link", "set", "lo", "up");
    }

    /// Runs a program there and waits for it; answers what it said.
    static String in(String namespace, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    /// Starts a program there.
    static Process start(String namespace, Path out, Path err, List<String> words)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(words);
        return new ProcessBuilder(all)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    /// Frames that `vb` took.
    long received() throws Exception {
        return Long.parseLong(in(second, "cat", "/sys/class/net/vb/statistics/rx_packets").strip());
    }

    /// Runs a program and waits for it; answers what it said.
    static String run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        for (String name : List.of(first, second)) {
            new ProcessBuilder("ip", "netns", "del", name).start().onExit().join();
        }
    }
}
