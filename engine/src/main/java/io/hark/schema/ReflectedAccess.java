package io.hark.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and makes a record that Hark's build has not seen: the state of a decoder that came from
/// outside. Slower than what the build writes, and the same columns in the same order.
///
/// *Thread*: stateless, any thread.
final class ReflectedAccess<R extends Stored> implements RecordAccess<R> {

    private final Class<R> type;

    /// Of that record.
    ReflectedAccess(Class<R> type) {
        this.type = type;
    }

    /// Which record.
    Class<R> type() {
        return type;
    }

    @Override
    public void read(R row, ValueSink sink) {
        read(row, type, sink, 0);
    }

    private static int read(Object row, Class<?> type, ValueSink sink, int first) {
        int column = first;
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component(row, component);
            if (isInlined(component.getType())) {
                if (value == null) {
                    throw new IllegalArgumentException(
                            type.getName() + ": a record inside is null");
                }
                column = read(value, component.getType(), sink, column);
            } else {
                put(value, component, sink, column++);
            }
        }
        return column;
    }

    private static boolean isInlined(Class<?> type) {
        return type.isRecord() && Stored.class.isAssignableFrom(type) && type != Addr.class;
    }

    private static @Nullable Object component(Object row, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    @SuppressWarnings("unchecked") // the component's type was looked at
    private static void put(
            @Nullable Object value, RecordComponent component, ValueSink sink, int column) {
        switch (value) {
            case null -> sink.absent(column);
            case Double real -> sink.real(column, real);
            case Number number -> sink.number(column, number.longValue());
            case Boolean flag -> sink.flag(column, flag);
            case String text -> sink.text(column, text);
            case Enum<?> constant -> sink.text(column, constant.name());
            case Addr addr -> sink.addr(column, addr);
            case byte[] bytes -> sink.bytes(column, bytes);
            case long[] numbers -> sink.numbers(column, numbers);
            case List<?> list -> {
                Class<?> element = element(component);
                if (element == String.class) {
                    sink.texts(column, (List<String>) list);
                } else if (element == Addr.class) {
                    sink.addrs(column, (List<Addr>) list);
                } else {
                    rows(list, element, sink, column);
                }
            }
            default -> throw new IllegalStateException(component + ": no column holds that");
        }
    }

    @SuppressWarnings("unchecked") // as above
    private static <E extends Stored> void rows(
            List<?> list, Class<?> element, ValueSink sink, int column) {
        sink.rows(column, (List<E>) list, Kind.of((Class<E>) element).access());
    }

    private static Class<?> element(RecordComponent list) {
        if (list.getGenericType() instanceof ParameterizedType of
                && of.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        throw new IllegalStateException(list + " is a list of no known type");
    }

    @Override
    public R make(ValueSource source) {
        return type.cast(make(type, source, new int[1]));
    }

    private static Object make(Class<?> type, ValueSource source, int[] column) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] =
                    isInlined(types[i])
                            ? make(types[i], source, column)
                            : get(components[i], source, column[0]++);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static @Nullable Object get(RecordComponent component, ValueSource source, int column) {
        Class<?> type = component.getType();
        if (!type.isPrimitive() && source.isAbsent(column)) {
            return null;
        } else if (type == long.class || type == Long.class) {
            return source.number(column);
        } else if (type == int.class || type == Integer.class) {
            return (int) source.number(column);
        } else if (type == short.class) {
            return (short) source.number(column);
        } else if (type == byte.class) {
            return (byte) source.number(column);
        } else if (type == double.class || type == Double.class) {
            return source.real(column);
        } else if (type == boolean.class || type == Boolean.class) {
            return source.flag(column);
        } else if (type == String.class) {
            return source.text(column);
        } else if (type == Addr.class) {
            return source.addr(column);
        } else if (type == byte[].class) {
            return source.bytes(column);
        } else if (type == long[].class) {
            return source.numbers(column);
        } else if (type.isEnum()) {
            return constant(type, source.text(column));
        }
        Class<?> element = element(component);
        if (element == String.class) {
            return source.texts(column);
        }
        return element == Addr.class ? source.addrs(column) : rows(element, source, column);
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no " + name);
    }

    @SuppressWarnings("unchecked") // a list's element in a stored record is stored
    private static <E extends Stored> List<E> rows(
            Class<?> element, ValueSource source, int column) {
        return source.rows(column, Kind.of((Class<E>) element).access());
    }
}
