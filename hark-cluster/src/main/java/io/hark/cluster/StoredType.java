package io.hark.cluster;

import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/// Tells Flink of stored records: they travel and are kept as bytes of [io.hark.schema.Codec], so
/// that what is true of spool and journal (fields may come and go) is true of its network and its
/// savepoints.
///
/// *Thread*: immutable.
public final class StoredType<T extends Stored> extends TypeInformation<T> {

    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private final List<Class<? extends T>> records;

    private StoredType(Class<T> type, Collection<Class<? extends T>> records) {
        this.type = type;
        this.records = List.copyOf(records);
    }

    /// One record type.
    public static <T extends Stored> StoredType<T> ofOne(Class<T> record) {
        return new StoredType<>(record, List.of(record));
    }

    /// Several record types under one supertype.
    public static <T extends Stored> StoredType<T> ofAll(
            Class<T> type, Collection<Class<? extends T>> records) {
        return new StoredType<>(type, records);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    /// Whether it may be a key: a [io.hark.Key] has the same hash on every machine.
    @Override
    public boolean isKeyType() {
        return Comparable.class.isAssignableFrom(type);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new StoredSerializer<>(type, records);
    }

    @Override
    public String toString() {
        return type.getSimpleName()
                + records.stream().map(record -> Kind.of(record).name()).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredType<?> that
                && type == that.type
                && records.equals(that.records);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, records);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof StoredType;
    }
}
