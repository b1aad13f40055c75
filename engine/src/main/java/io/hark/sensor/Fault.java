package io.hark.sensor;

import java.util.Arrays;

/// Where code from outside went wrong, for whoever wrote it.
///
/// *Thread*: any.
final class Fault {

    private Fault() {}

    /// The innermost cause and the line of the class, or of one inside it, that was on the way
    /// there.
    static String told(Throwable fault, Class<?> of) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause + place(cause.getStackTrace(), of);
    }

    /// ` at MyNjrat.say(MyNjrat.java:86)`: the innermost line of the class, else of anybody; empty
    /// if there is none.
    static String place(StackTraceElement[] trace, Class<?> of) {
        return Arrays.stream(trace)
                .filter(frame -> isOf(frame.getClassName(), of.getName()))
                .findFirst()
                .or(() -> Arrays.stream(trace).findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private static boolean isOf(String name, String outer) {
        return name.equals(outer) || name.startsWith(outer + "$");
    }
}
