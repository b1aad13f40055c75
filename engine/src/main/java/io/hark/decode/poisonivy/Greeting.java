package io.hark.decode.poisonivy;

import io.hark.Decoder;
import io.hark.bytes.Bytes;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.BlockCipher.Algorithm;
import io.hark.bytes.codec.BlockCipher.Mode;
import io.hark.carry.frame.LengthPrefix.Width;
import java.util.Arrays;

/// How a connection begins.
///
/// *Shape*: the implant sends 256 octets by chance, and the operator's end sends them back under
/// the password; behind them in the clear the length of some code in 32 bits, little endian, the
/// code, the version times a hundred in 32 bits, and once more a length and code.
///
/// *Key check*: the 256 octets and what they become.
final class Greeting {

    /// Octets of the challenge, and of its answer.
    static final int CHALLENGE = 256;

    private static final int KEY = 32; // octets: a password is filled up with zeros
    private static final int OLDEST = 200; // 2.0
    private static final int NEWEST = 260; // 2.3.2 is the last one published

    private Greeting() {}

    /// The cipher under a password; one that is too long for a key is cut.
    static BlockCipher cipher(byte[] password) {
        byte[] key = Arrays.copyOf(password, KEY);
        return new BlockCipher(Algorithm.CAMELLIA, Mode.ECB, key, new byte[0]);
    }

    /// Whether that cipher makes the answer of the challenge.
    static boolean opens(BlockCipher cipher, byte[] challenge, byte[] answer) {
        return challenge.length == CHALLENGE && Arrays.equals(cipher.encode(challenge), answer);
    }

    /// Whether what an operator's end sent first has a version where one has to be.
    ///
    /// @return 1 if so, -1 if not, 0 where too little is there to say
    static int looksRight(Bytes operator) {
        if (operator.length() < CHALLENGE + 4) {
            return 0;
        }
        long code = Width.U32_LE.read(operator, CHALLENGE);
        long at = CHALLENGE + 4 + code;
        if (code == 0 || at + 4 > Decoder.MAX_TASTE) {
            return -1;
        }
        return operator.length() < at + 4
                ? 0
                : isVersion(Width.U32_LE.read(operator, (int) at)) ? 1 : -1;
    }

    static boolean isVersion(long number) {
        return number >= OLDEST && number <= NEWEST;
    }
}
