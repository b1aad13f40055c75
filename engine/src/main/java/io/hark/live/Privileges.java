package io.hark.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hark.UserError;
import io.hark.internal.Native;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/// Gives up the rights of root for those of a user, for good and for every thread of the process.
///
/// *Source*: `setresuid(2)`, `nptl(7)`: the C library makes all threads follow. *Thread*: one call,
/// before files are written.
public final class Privileges {

    private static final int PASSWD_BYTES = 24; // name, password, uid, gid: as far as we read it

    private Privileges() {}

    /// A user of this machine.
    ///
    /// @param name what the machine calls it; its number where it has no name
    /// @param uid its number
    /// @param gid number of its first group
    public record User(String name, int uid, int gid) {}

    private static final class Calls {
        static final MethodHandle GETEUID = Native.call("geteuid", FunctionDescriptor.of(JAVA_INT));
        static final MethodHandle GETPWNAM =
                Native.call("getpwnam", FunctionDescriptor.of(ADDRESS, ADDRESS));
        static final MethodHandle GETPWUID =
                Native.call("getpwuid", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        static final MethodHandle INITGROUPS =
                Native.call("initgroups", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle SETGROUPS =
                Native.call("setgroups", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
        static final MethodHandle SETRESGID =
                Native.call(
                        "setresgid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle SETRESUID =
                Native.call(
                        "setresuid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    }

    /// Whether this process has the rights of root.
    public static boolean isRoot() {
        return effectiveUser() == 0;
    }

    private static int effectiveUser() {
        try (Arena call = Arena.ofConfined()) {
            return (int) Calls.GETEUID.invokeExact(call.allocate(Native.ERRNO));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /// Whose rights are to be kept: the user asked for, else the one who called sudo.
    ///
    /// @param asked a name or a number, or an empty text
    /// @param environment of the process
    /// @return nobody if all rights are to be kept, or there are none to give up
    /// @throws UserError if there is no such user, or we cannot become it
    public static Optional<User> heir(String asked, Map<String, String> environment) {
        if (asked.isEmpty()) {
            String sudo = environment.getOrDefault("SUDO_UID", "");
            boolean usable = isRoot() && sudo.matches("[1-9][0-9]{0,8}");
            return usable ? Optional.of(user(sudo)) : Optional.empty();
        }
        User user = user(asked);
        if (!isRoot()) {
            if (user.uid == effectiveUser()) {
                return Optional.empty();
            }
            throw new UserError("only root can become " + asked + ": leave --user out");
        }
        return Optional.of(user);
    }

    private static User user(String asked) {
        boolean numeric = asked.matches("[0-9]{1,9}");
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(Native.ERRNO);
            MemorySegment found =
                    numeric
                            ? (MemorySegment)
                                    Calls.GETPWUID.invokeExact(errno, Integer.parseInt(asked))
                            : (MemorySegment)
                                    Calls.GETPWNAM.invokeExact(errno, call.allocateFrom(asked));
            if (found.address() != 0) {
                MemorySegment passwd = Native.memory(found, PASSWD_BYTES);
                return new User(
                        Native.text(passwd.get(ADDRESS, 0)),
                        passwd.get(JAVA_INT, 16),
                        passwd.get(JAVA_INT, 20));
            }
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
        if (numeric) { // a container's users need no names
            return new User(asked, Integer.parseInt(asked), Integer.parseInt(asked));
        }
        throw new UserError("there is no user " + asked + " on this machine");
    }

    /// Becomes the user. Whatever is needed as root is open by now.
    ///
    /// @throws UserError if the system refuses
    public static void become(User user) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment errno = call.allocate(Native.ERRNO);
            boolean named = !user.name.matches("[0-9]+");
            MemorySegment group = call.allocateFrom(JAVA_INT, user.gid);
            int groups =
                    named
                            ? (int)
                                    Calls.INITGROUPS.invokeExact(
                                            errno, call.allocateFrom(user.name), user.gid)
                            : (int) Calls.SETGROUPS.invokeExact(errno, 1L, group);
            check(groups, "groups of " + user.name, errno);
            check(
                    (int) Calls.SETRESGID.invokeExact(errno, user.gid, user.gid, user.gid),
                    "group of " + user.name,
                    errno);
            check(
                    (int) Calls.SETRESUID.invokeExact(errno, user.uid, user.uid, user.uid),
                    "user " + user.name,
                    errno);
            if (user.uid != 0 && (int) Calls.SETRESUID.invokeExact(errno, 0, 0, 0) == 0) {
                throw new IllegalStateException("root's rights came back after they were given up");
            }
        } catch (UserError | IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
        for (String place : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            File part = new File(place); // classes and libraries in it are still to be loaded
            if (part.exists() ? !part.canRead() : part.isAbsolute()) {
                throw new UserError(
                        "user "
                                + user.name
                                + " may not read "
                                + place
                                + ", which is a part of Hark: install Hark where everybody may read it, or name"
                                + " another --user");
            }
        }
    }

    private static void check(int answer, String what, MemorySegment errno) {
        if (answer < 0) {
            throw new UserError(
                    "cannot take on the "
                            + what
                            + ": "
                            + Native.describe(Native.errno(errno))
                            + "; nothing was captured");
        }
    }
}
