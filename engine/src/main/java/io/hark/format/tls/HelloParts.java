package io.hark.format.tls;

import io.hark.bytes.Bytes;
import java.util.Arrays;
import java.util.List;

/// What both hellos are made of: lists of numbers, and extensions, each of them a type, a length
/// and a body.
///
/// *Source*: RFC 8446 §4.2.
final class HelloParts {

    /// Extensions of one hello that are read: the registry has fewer than 100, a hostile hello
    /// could hold 16,000.
    private static final int MAX_EXTENSIONS = 1024;

    /// Protocol names of one hello that are kept: clients offer two or three.
    private static final int MAX_PROTOCOLS = 64;

    private HelloParts() {}

    /// Takes extensions as they are read.
    interface Sink {

        /// One extension; `body` is limited to it.
        void extension(int type, int length, Bytes body);

        /// The extensions break off or contradict their lengths here.
        void damaged();
    }

    /// The numbers of `octets` octets, `width` each; a rest is stepped over. Empty where they are
    /// not all there.
    static int[] numbers(Bytes in, int octets, int width) {
        if (octets > in.remaining()) {
            in.skip(octets); // sticks
            return new int[0];
        }
        int[] numbers = new int[octets / width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = width == 1 ? in.u8() : width == 2 ? in.u16() : in.u24();
        }
        in.skip(octets % width);
        return numbers;
    }

    /// Reads all extensions, each through a cursor of its own, so that a broken one does not spoil
    /// the next.
    static void extensions(Bytes in, Sink sink) {
        if (in.remaining() == 0) {
            return; // SSLv3 and before: there are none
        }
        int octets = in.u16();
        int outer = in.limit(Math.min(octets, in.remaining()));
        boolean whole = in.ok() && octets <= in.remaining();
        Bytes body = new Bytes();
        int count = 0;
        while (in.remaining() >= 4 && count++ < MAX_EXTENSIONS) {
            int type = in.u16();
            int length = in.u16();
            if (length > in.remaining()) {
                whole = false;
                break;
            }
            body.wrap(in.array(), in.base() + in.offset(), length);
            sink.extension(type, length, body);
            whole &= body.ok();
            in.skip(length);
        }
        whole &= in.remaining() == 0;
        in.unlimit(outer);
        if (!whole) {
            sink.damaged();
        }
    }

    /// Reads a list of protocol names (RFC 7301 §3.1).
    static void protocols(Bytes body, List<String> into) {
        int outer = body.limit(body.u16());
        while (body.ok() && body.remaining() > 0 && into.size() < MAX_PROTOCOLS) {
            String name = body.ascii(body.u8());
            if (body.ok()) {
                into.add(name);
            }
        }
        body.unlimit(outer);
    }

    /// A growing list of extension types.
    static final class Types {
        private int[] types = new int[32];
        private int count;

        void add(int type) {
            if (count == types.length) {
                types = Arrays.copyOf(types, count * 2);
            }
            types[count++] = type;
        }

        int[] toArray() {
            return Arrays.copyOf(types, count);
        }
    }
}
