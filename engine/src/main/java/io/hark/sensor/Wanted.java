package io.hark.sensor;

import io.hark.UserError;
import io.hark.event.Anomaly;
import io.hark.event.CaptureLoss;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Event;
import io.hark.event.IcmpEcho;
import io.hark.event.Neighbor;
import io.hark.event.Sctp;
import io.hark.event.Stats;
import io.hark.schema.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which kinds of events an analysis is after: all of them, or only some, and then what yields none
/// of these is not run.
///
/// *Thread*: any.
public final class Wanted {

    /// Every kind there is.
    public static final Wanted ALL = new Wanted(Set.of());

    private static final String EVENTS = "/META-INF/hark/events"; // written by the build

    /// What headers alone tell.
    private static final List<Class<? extends Event>> WIRE =
            List.of(
                    Conn.class,
                    ConnUpdate.class,
                    Neighbor.class,
                    IcmpEcho.class,
                    Sctp.class,
                    Anomaly.class,
                    CaptureLoss.class,
                    Stats.class);

    private final Set<Class<?>> types = new HashSet<>();

    private Wanted(Set<Class<?>> types) {
        this.types.addAll(types);
    }

    /// The names of all kinds.
    public static List<String> kinds() {
        return all().stream().map(type -> Kind.of(type).name()).sorted().toList();
    }

    /// Every kind there is, and its columns.
    public static List<Kind<? extends Event>> everyKind() {
        List<Kind<? extends Event>> kinds = new ArrayList<>();
        all().forEach(type -> kinds.add(Kind.of(type)));
        return kinds;
    }

    /// Every kind there is, but for details.
    static List<Class<? extends Event>> all() {
        return found().stream().filter(type -> Kind.of(type).detailOf() == null).toList();
    }

    /// Kinds that say in another form what one of those does; only for logs.
    public static List<Class<? extends Event>> details() {
        return found().stream().filter(type -> Kind.of(type).detailOf() != null).toList();
    }

    /// As the build found them.
    private static List<Class<? extends Event>> found() {
        List<Class<? extends Event>> all = new ArrayList<>();
        try (InputStream names = Event.class.getResourceAsStream(EVENTS)) {
            String text = new String(names.readAllBytes(), StandardCharsets.UTF_8);
            for (String name : text.lines().toList()) {
                all.add(Class.forName(name).asSubclass(Event.class));
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the jar is not whole: " + EVENTS, e);
        }
        return all;
    }

    /// Those of these names, or all if there are none.
    ///
    /// @throws UserError if there is no kind of that name
    public static Wanted of(List<String> names) {
        Set<Class<?>> types = new HashSet<>();
        for (String name : names) {
            types.add(
                    all().stream()
                            .filter(type -> Kind.of(type).name().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new UserError(
                                                    "--only: there is no kind '"
                                                            + name
                                                            + "'; there are "
                                                            + String.join(", ", kinds()))));
        }
        return new Wanted(types);
    }

    /// Whether every kind is.
    public boolean isAll() {
        return types.isEmpty();
    }

    /// Whether events of that class are.
    boolean is(Class<?> type) {
        if (isAll() || types.contains(type)) {
            return true;
        }
        Class<?> of = Kind.of(type.asSubclass(Event.class)).detailOf();
        return of != null && types.contains(of);
    }

    /// Whether connections have to be read: something that is not told by headers alone is wanted.
    boolean isRead() {
        return isAll() || !WIRE.containsAll(types);
    }

    /// The names, sorted; none for all.
    public List<String> names() {
        return all().stream()
                .filter(types::contains)
                .map(type -> Kind.of(type).name())
                .sorted()
                .toList();
    }
}
