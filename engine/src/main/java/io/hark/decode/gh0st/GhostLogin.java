package io.hark.decode.gh0st;

import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the implant says of its host.
///
/// *Shape*: the code, padding to four octets, Windows' `OSVERSIONINFOEX` (little endian: its own
/// size 0x9c, major, minor, build, platform, 128 octets of service pack), then fields that differ
/// between variants: texts in them are shown as they are found.
final class GhostLogin {

    private static final int VERSION_SIZE = 0x9c;
    private static final int SERVICE_PACK = 128;
    private static final int SHORTEST_TEXT = 4;
    private static final int MAX_TEXT = 1 << 14; // characters of a list that a message shows

    private GhostLogin() {}

    static void say(long ts, byte[] plain, Voice voice) {
        List<Fact> facts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int behind = 1;
        Bytes bytes = Bytes.of(plain);
        bytes.skip(4);
        if (bytes.leU32() == VERSION_SIZE && plain.length >= 4 + VERSION_SIZE) {
            String version = bytes.leU32() + "." + bytes.leU32() + "." + bytes.leU32();
            bytes.skip(4);
            String pack = bytes.ascii(SERVICE_PACK).split("\0", 2)[0];
            facts.add(Fact.of("os", ("Windows " + version + " " + pack).strip()));
            text.append("Windows ").append(version).append(' ').append(pack).append(' ');
            behind = 4 + VERSION_SIZE;
        }
        String texts = text(plain, behind);
        facts.add(Fact.of("texts", texts));
        voice.say(ts, Speaker.IMPLANT, Topic.SYSINFO, text.append(texts).toString().strip(), facts);
    }

    /// The texts among octets, as `strings` would show them.
    static String text(byte[] octets, int from) {
        StringBuilder out = new StringBuilder();
        StringBuilder run = new StringBuilder();
        String latin = new String(octets, StandardCharsets.ISO_8859_1) + "\0";
        for (int i = Math.min(from, octets.length); i < latin.length(); i++) {
            char c = latin.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                run.append(c);
                continue;
            }
            if (run.length() >= SHORTEST_TEXT && out.length() + run.length() < MAX_TEXT) {
                out.append(out.isEmpty() ? "" : ", ").append(run);
            }
            run.setLength(0);
        }
        return out.toString();
    }
}
