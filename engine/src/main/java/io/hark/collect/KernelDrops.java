package io.hark.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What the kernel dropped at a port because nobody took it in time.
///
/// *Source*: Linux, `proc_net_udp(5)`: the second word of a line is the local address and port in
/// hexadecimal, the last one the drops.
final class KernelDrops {

    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private KernelDrops() {}

    /// Datagrams dropped at a UDP port, by all sockets that are bound to it; -1 where nobody tells.
    static long udp(int port) {
        long drops = -1;
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try {
                    String text = Files.readString(table, StandardCharsets.US_ASCII);
                    drops = Math.max(0, drops) + udp(text, port);
                } catch (IOException e) { // it was there a moment ago: nobody tells
                    return -1;
                }
            }
        }
        return drops;
    }

    /// The same, of one table.
    static long udp(String table, int port) {
        String end = String.format(Locale.ROOT, ":%04X", port);
        long drops = 0;
        for (String line : table.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 2
                    && words[1].endsWith(end)
                    && words[words.length - 1].matches("[0-9]{1,18}")) {
                drops += Long.parseLong(words[words.length - 1]);
            }
        }
        return drops;
    }
}
