package io.hark.decode.empire;

import io.hark.bytes.Bytes;
import io.hark.bytes.codec.StreamCipher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What tells an Empire server whose packet it is.
///
/// ```
/// IV[4] | RC4(IV || staging key): session[8] language:u8 meta:u8 extra:u16 length:u32 (LE) | data
/// ```
///
/// *Source*: EmpireProject/Empire, `lib/common/packets.py`; a recorded operation.
///
/// @param session eight letters and digits; zeros before the implant has a name
/// @param language what the implant is written in
/// @param meta what it wants
/// @param data encrypted and authenticated, or empty
record RoutingPacket(String session, int language, int meta, byte[] data) {

    static final int SIZE = 20;
    static final int STAGE0 = 1;
    static final int STAGE1 = 2;
    static final int STAGE2 = 3;
    static final int TASKING_REQUEST = 4;
    static final int RESULT_POST = 5;
    static final int SERVER_RESPONSE = 6;

    /// The name of nobody yet.
    static final String NAMELESS = "00000000";

    private static final int IV = 4;
    private static final int MAX_PACKETS = 256; // a relaying implant brings those of its neighbours
    private static final List<String> METAS =
            List.of(
                    "none",
                    "STAGE0",
                    "STAGE1",
                    "STAGE2",
                    "TASKING_REQUEST",
                    "RESULT_POST",
                    "SERVER_RESPONSE");
    private static final List<String> LANGUAGES = List.of("none", "PowerShell", "Python", "C#");

    /// All packets in a row, if `octets` are nothing but packets under that key; none else. The
    /// header is its own key check: a name of eight letters and digits, two small numbers and a
    /// length that fits leave a wrong key one chance in 2^60.
    static List<RoutingPacket> read(byte[] octets, byte[] key) {
        List<RoutingPacket> packets = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            if (octets.length - at < SIZE || packets.size() == MAX_PACKETS) {
                return List.of();
            }
            byte[] seed = Arrays.copyOf(Arrays.copyOfRange(octets, at, at + IV), IV + key.length);
            System.arraycopy(key, 0, seed, IV, key.length);
            byte[] sealed = Arrays.copyOfRange(octets, at + IV, at + SIZE);
            Bytes header = Bytes.of(StreamCipher.rc4(seed).decode(sealed));
            String session = header.ascii(8);
            int language = header.u8();
            int meta = header.u8();
            header.skip(2);
            long length = header.leU32();
            boolean right =
                    session.matches("[A-Za-z0-9]{8}")
                            && language < LANGUAGES.size()
                            && meta > 0
                            && meta < METAS.size()
                            && length <= octets.length - at - SIZE;
            if (!right) {
                return List.of();
            }
            int end = at + SIZE + (int) length;
            byte[] data = Arrays.copyOfRange(octets, at + SIZE, end);
            packets.add(new RoutingPacket(session, language, meta, data));
            at = end;
        }
        return packets;
    }

    String metaName() {
        return METAS.get(meta);
    }

    /// Whether the implant is in PowerShell: of others no recording verifies what is read.
    boolean isPowerShell() {
        return language == LANGUAGES.indexOf("PowerShell");
    }

    String languageName() {
        return LANGUAGES.get(language);
    }
}
