package io.hark.cluster;

import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Writes stored records for Flink: the name of the kind, a length, the row as [Codec] has it.
///
/// *Thread*: stateless; one instance may be shared.
final class StoredSerializer<T extends Stored> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private final List<Class<? extends T>> records;

    StoredSerializer(Class<T> type, List<Class<? extends T>> records) {
        this.type = type;
        this.records = records;
    }

    @Override
    public void serialize(T record, DataOutputView out) throws IOException {
        Kind<T> kind = Kind.of(record);
        byte[] row = Codec.write(kind, record);
        out.writeUTF(kind.name());
        out.writeInt(row.length);
        out.write(row);
    }

    @Override
    public T deserialize(DataInputView in) throws IOException {
        String name = in.readUTF();
        byte[] row = new byte[in.readInt()]; // written by ourselves, on a network that is ours
        in.readFully(row);
        for (Class<? extends T> record : records) {
            Kind<? extends T> kind = Kind.of(record);
            if (kind.name().equals(name)) {
                return Codec.read(kind, row);
            }
        }
        throw new IOException("no " + name + " is expected among " + records);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        out.writeUTF(in.readUTF());
        int length = in.readInt();
        out.writeInt(length);
        out.write(in, length);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public @Nullable T createInstance() {
        return null; // records are made whole
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredSerializer<?> that
                && type == that.type
                && records.equals(that.records);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, records);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(type, records);
    }

    /// What a savepoint remembers of the serializer: the types by name. Any two of them get along,
    /// as the codec reads rows of older and newer forms.
    public static final class Snapshot<T extends Stored> implements TypeSerializerSnapshot<T> {

        private static final int VERSION = 1;

        private @Nullable Class<T> type;
        private List<Class<? extends T>> records = List.of();

        /// For Flink, which fills it by [#readSnapshot].
        public Snapshot() {}

        Snapshot(Class<T> type, List<Class<? extends T>> records) {
            this.type = type;
            this.records = records;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(Objects.requireNonNull(type).getName());
            out.writeInt(records.size());
            for (Class<? extends T> record : records) {
                out.writeUTF(record.getName());
            }
        }

        @Override
        @SuppressWarnings("unchecked") // names that writeSnapshot wrote
        public void readSnapshot(int version, DataInputView in, ClassLoader classes)
                throws IOException {
            try {
                type = (Class<T>) Class.forName(in.readUTF(), false, classes);
                List<Class<? extends T>> read = new ArrayList<>();
                for (int n = in.readInt(); n > 0; n--) {
                    read.add((Class<? extends T>) Class.forName(in.readUTF(), false, classes));
                }
                records = List.copyOf(read);
            } catch (ClassNotFoundException e) {
                throw new IOException("the savepoint has records that this build does not know", e);
            }
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new StoredSerializer<>(Objects.requireNonNull(type), records);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> older) {
            return older instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
