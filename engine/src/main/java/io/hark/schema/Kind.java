package io.hark.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the house knows of one type of stored record: its name, its columns, how to read and make
/// rows.
///
/// *Thread*: immutable. Making one reflects on the record once; keep it.
public final class Kind<R extends Stored> {

    private static final ClassValue<Kind<?>> KINDS =
            new ClassValue<>() {
                @Override
                protected Kind<?> computeValue(Class<?> type) {
                    return derive(type.asSubclass(Record.class).asSubclass(Stored.class));
                }
            };

    private final Class<R> type;
    private final String name;
    private final String log;
    private final String about;
    private final @Nullable Class<?> detailOf;
    private final Sight sight;
    private final List<Column> columns;
    private final Map<String, Class<?>> rowTypes;
    private final RecordAccess<R> access;

    private Kind(
            Class<R> type,
            List<Column> columns,
            Map<String, Class<?>> rowTypes,
            RecordAccess<R> access) {
        Named named = type.getAnnotation(Named.class);
        this.type = type;
        this.name = named == null ? snake(type.getSimpleName()) : named.value();
        this.log = named == null || named.log().isEmpty() ? name : named.log();
        this.about = named == null ? "" : named.about();
        this.detailOf = named == null || named.detailOf() == void.class ? null : named.detailOf();
        this.sight = named == null ? Sight.CONTENT : named.sight();
        this.columns = List.copyOf(columns);
        this.rowTypes = Map.copyOf(rowTypes);
        this.access = access;
    }

    /// The kind of a record type.
    @SuppressWarnings("unchecked") // computed from the class itself
    public static <R extends Stored> Kind<R> of(Class<R> type) {
        return (Kind<R>) KINDS.get(type);
    }

    /// The kind of a record.
    @SuppressWarnings("unchecked") // its own class
    public static <R extends Stored> Kind<R> of(R row) {
        return (Kind<R>) KINDS.get(row.getClass());
    }

    /// The record class.
    public Class<R> type() {
        return type;
    }

    /// The name, snake_case: `conn`.
    public String name() {
        return name;
    }

    /// The log in Zeek's form, or `-`.
    public String log() {
        return log;
    }

    /// The type of the kind that says the same in another form, if this one is a detail of it.
    public @Nullable Class<?> detailOf() {
        return detailOf;
    }

    /// What it takes to see events of this kind.
    public Sight sight() {
        return sight;
    }

    /// What one row says.
    public String about() {
        return about;
    }

    /// The columns, in the order of the record's components.
    public List<Column> columns() {
        return columns;
    }

    /// The number of the column of this name, or -1.
    public int column(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        return -1;
    }

    /// The kind of the records in a column of [Column.Type#ROWS].
    public Kind<?> rowsOf(int column) {
        Class<?> rows = rowTypes.get(columns.get(column).name());
        if (rows == null) {
            throw new IllegalArgumentException(
                    name + "." + columns.get(column).name() + " holds no records");
        }
        return KINDS.get(rows);
    }

    /// Reads and makes rows.
    public RecordAccess<R> access() {
        return access;
    }

    /// The columns of the record that `access` makes.
    static List<Column> columnsOf(RecordAccess<?> access) {
        if (access instanceof ReflectedAccess<?> reflected) {
            return KINDS.get(reflected.type()).columns();
        }
        String record = access.getClass().getName().replace("$$Access", "");
        try {
            return KINDS.get(Class.forName(record, true, access.getClass().getClassLoader()))
                    .columns();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(access.getClass() + " has no record", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static <R extends Stored> Kind<R> derive(Class<R> type) {
        List<Column> columns = new ArrayList<>();
        Map<String, Class<?>> rowTypes = new HashMap<>();
        columns(type, "", columns, rowTypes);
        Set<Integer> ids = new HashSet<>();
        for (Column column : columns) {
            if (!ids.add(column.id())) {
                throw new IllegalStateException(
                        "two columns of "
                                + type.getName()
                                + " share the id of '"
                                + column.name()
                                + "': rename one");
            }
        }
        return new Kind<>(type, columns, rowTypes, accessOf(type));
    }

    @SuppressWarnings("unchecked") // the build made it for this record
    private static <R extends Stored> RecordAccess<R> accessOf(Class<R> type) {
        try {
            Class<?> access =
                    Class.forName(type.getName() + "$$Access", true, type.getClassLoader());
            return (RecordAccess<R>) access.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            if (type.getClassLoader() != Kind.class.getClassLoader()) {
                return new ReflectedAccess<>(type); // from outside: no build of ours has seen it
            }
            throw new IllegalStateException(
                    type.getName()
                            + " has no generated accessor: build it with Maven, or run build-tools/Weave.java",
                    e);
        }
    }

    private static void columns(
            Class<?> type, String prefix, List<Column> columns, Map<String, Class<?>> rowTypes) {
        for (RecordComponent component : type.getRecordComponents()) {
            About about = component.getAnnotation(About.class);
            String name =
                    prefix
                            + (about == null || about.name().isEmpty()
                                    ? component.getName()
                                    : about.name());
            if (component.getType().isRecord()
                    && Stored.class.isAssignableFrom(component.getType())) {
                columns(component.getType(), name + ".", columns, rowTypes);
                continue;
            }
            Column.Type columnType = typeOf(component);
            if (columnType == Column.Type.ROWS) {
                rowTypes.put(name, elementOf(component));
            }
            columns.add(
                    new Column(
                            Column.idOf(name),
                            name,
                            columnType,
                            about == null ? Unit.NONE : about.unit(),
                            isNullable(component),
                            about == null || about.log(),
                            about == null ? "" : about.value()));
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return !component.getType().isPrimitive()
                && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Column.Type typeOf(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == long.class
                || type == Long.class
                || type == int.class
                || type == Integer.class) {
            return Column.Type.NUMBER;
        } else if (type == short.class || type == byte.class) {
            return Column.Type.NUMBER;
        } else if (type == double.class || type == Double.class) {
            return Column.Type.REAL;
        } else if (type == boolean.class || type == Boolean.class) {
            return Column.Type.FLAG;
        } else if (type == String.class || type.isEnum()) {
            return Column.Type.TEXT;
        } else if (type == Addr.class) {
            return Column.Type.ADDR;
        } else if (type == byte[].class) {
            return Column.Type.BYTES;
        } else if (type == long[].class) {
            return Column.Type.NUMBERS;
        } else if (type == List.class
                && component.getGenericType() instanceof ParameterizedType list) {
            Object element = list.getActualTypeArguments()[0];
            return element == String.class
                    ? Column.Type.TEXTS
                    : element == Addr.class ? Column.Type.ADDRS : Column.Type.ROWS;
        }
        throw new IllegalStateException("a stored record cannot have " + component);
    }

    private static Class<?> elementOf(RecordComponent list) {
        if (list.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> element
                && element.isRecord()
                && Stored.class.isAssignableFrom(element)) {
            return element;
        }
        throw new IllegalStateException(
                "a stored record cannot have "
                        + list
                        + ": a list holds texts, addresses or stored records");
    }

    private static String snake(String simpleName) {
        return simpleName
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
