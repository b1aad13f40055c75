package io.hark.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Runs an input by itself and tells what is wrong with it; makes it as small as it can be with the
/// same fault.
public final class Minimise {

    private static final int MOST_TRIES = 20_000;
    private static final String HERE = Minimise.class.getPackageName();

    private final Limits limits;
    private int tries;

    private Minimise(Target target) {
        limits = new Limits(target);
    }

    /// Prints the fault; exit 1 where there is one.
    ///
    /// @param args the target's name, the folder of samples, the input, and where the smallest
    ///   input goes, if it is wanted
    public static void main(String[] args) throws IOException {
        Minimise minimise = new Minimise(Targets.in(Path.of(args[1])).get(args[0]));
        byte[] input = Files.readAllBytes(Path.of(args[2]));
        Throwable fault = minimise.fault(input);
        if (fault == null) {
            System.out.println(args[2] + ": no fault");
            return;
        }
        if (args.length > 3) {
            byte[] small = minimise.smallest(input, place(fault));
            Files.write(Path.of(args[3]), small);
            System.out.println(
                    args[2] + ": " + input.length + " octets, " + small.length + " in " + args[3]);
        }
        fault.printStackTrace(System.out);
        System.exit(1);
    }

    private @Nullable Throwable fault(byte[] input) {
        tries++;
        try {
            limits.run(input);
            return null;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return e;
        }
    }

    /// Where of our code it happened: what tells one fault from another.
    private static String place(Throwable fault) {
        for (StackTraceElement frame : fault.getStackTrace()) {
            String type = frame.getClassName();
            if (type.startsWith("io.hark.") && !type.startsWith(HERE)) {
                return fault.getClass().getName() + " " + type + " " + frame.getMethodName();
            }
        }
        return fault.getClass().getName();
    }

    private boolean isSame(byte[] input, String place) {
        Throwable fault = fault(input);
        return fault != null && place(fault).equals(place);
    }

    /// Leaves out ever smaller parts for as long as the fault stays.
    private byte[] smallest(byte[] input, String place) {
        byte[] best = input;
        for (int part = Math.max(1, input.length / 2); part > 0; part /= 2) {
            int at = 0;
            while (at < best.length && tries < MOST_TRIES) {
                byte[] less = without(best, at, Math.min(best.length, at + part));
                if (isSame(less, place)) {
                    best = less;
                } else {
                    at += part;
                }
            }
        }
        return best;
    }

    private static byte[] without(byte[] input, int from, int to) {
        byte[] less = new byte[input.length - (to - from)];
        System.arraycopy(input, 0, less, 0, from);
        System.arraycopy(input, to, less, from, input.length - to);
        return less;
    }
}
