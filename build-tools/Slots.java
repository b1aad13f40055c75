import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Signature;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;

/// Decides what each component of one record becomes: a column, or the columns of a record inside
/// it.
final class Slots {
    private static final ClassDesc ADDR = ClassDesc.of("io.hark.schema.Addr");
    private static final ClassDesc LIST = ConstantDescs.CD_List;
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;

    /// Shown once below all complaints.
    static final String ALLOWED =
            "A column holds long, int, short, byte, double, boolean, Long, Integer, Double, Boolean,"
                    + " String, an enum, Addr, byte[], long[], List<String>, List<Addr>, or a record"
                    + " (or List of records) that implements Stored.";

    private static final String NO_COLUMN = ", which no column holds";

    private final Types types;

    /// The record that is written; what it holds has to be visible from its package.
    private final String record;

    Slots(Types types, String record) {
        this.types = types;
        this.record = record;
    }

    /// What a component becomes: a column, or the columns of a record inside this one.
    sealed interface Slot {}

    record Inlined(String name) implements Slot {}

    /// @param method of sink and source
    /// @param type what that method takes and gives
    /// @param element the record in the list, if the column holds rows
    /// @param unpack from the component's type to `type`; `pack` the way back
    record Value(String method, ClassDesc type, String element, Step unpack, Step pack)
            implements Slot {}

    interface Step {
        void emit(CodeBuilder code);
    }

    private static final Step NONE = code -> {};

    private static Value same(String method, ClassDesc type) {
        return new Value(method, type, null, NONE, NONE);
    }

    private static Value boxed(String method, ClassDesc type, ClassDesc box, ClassDesc primitive) {
        return new Value(
                method,
                type,
                null,
                code -> {
                    code.invokevirtual(
                            box, primitive.displayName() + "Value", MethodTypeDesc.of(primitive));
                    code.conversion(TypeKind.from(primitive), TypeKind.from(type));
                },
                code -> {
                    code.conversion(TypeKind.from(type), TypeKind.from(primitive));
                    code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, primitive));
                });
    }

    private static Value narrow(TypeKind kind) {
        return new Value(
                "number",
                LONG,
                null,
                code -> code.i2l(),
                code -> {
                    code.l2i();
                    if (kind != TypeKind.INT) {
                        code.conversion(TypeKind.INT, kind);
                    }
                });
    }

    private static final Map<String, Value> SIMPLE =
            Map.ofEntries(
                    Map.entry("J", same("number", LONG)),
                    Map.entry("I", narrow(TypeKind.INT)),
                    Map.entry("S", narrow(TypeKind.SHORT)),
                    Map.entry("B", narrow(TypeKind.BYTE)),
                    Map.entry("D", same("real", ConstantDescs.CD_double)),
                    Map.entry("Z", same("flag", BOOLEAN)),
                    Map.entry(
                            "Ljava/lang/Long;", boxed("number", LONG, ConstantDescs.CD_Long, LONG)),
                    Map.entry(
                            "Ljava/lang/Integer;",
                            boxed("number", LONG, ConstantDescs.CD_Integer, INT)),
                    Map.entry(
                            "Ljava/lang/Double;",
                            boxed(
                                    "real",
                                    ConstantDescs.CD_double,
                                    ConstantDescs.CD_Double,
                                    ConstantDescs.CD_double)),
                    Map.entry(
                            "Ljava/lang/Boolean;",
                            boxed("flag", BOOLEAN, ConstantDescs.CD_Boolean, BOOLEAN)),
                    Map.entry("Ljava/lang/String;", same("text", ConstantDescs.CD_String)),
                    Map.entry(ADDR.descriptorString(), same("addr", ADDR)),
                    Map.entry("[B", same("bytes", ConstantDescs.CD_byte.arrayType())),
                    Map.entry("[J", same("numbers", LONG.arrayType())));

    Slot slot(String owner, RecordComponentInfo component, List<String> outer) {
        var type = component.descriptorSymbol();
        var simple = SIMPLE.get(type.descriptorString());
        if (simple != null) {
            return simple;
        }
        var where = Types.readable(owner) + "." + component.name().stringValue();
        var name = Types.internal(type);
        if (type.equals(LIST)) {
            return list(where, component);
        }
        if (type.isClassOrInterface() && types.isEnum(name)) {
            requireVisible(where, name);
            return new Value(
                    "text",
                    ConstantDescs.CD_String,
                    null,
                    code ->
                            code.invokevirtual(
                                    type, "name", MethodTypeDesc.of(ConstantDescs.CD_String)),
                    code ->
                            code.invokestatic(
                                    type,
                                    "valueOf",
                                    MethodTypeDesc.of(type, ConstantDescs.CD_String)));
        }
        if (type.isClassOrInterface() && types.isStoredRecord(name)) {
            requireVisible(where, name);
            if (name.equals(owner) || outer.contains(name)) {
                throw new Unfit(
                        where
                                + " holds "
                                + Types.readable(name)
                                + " inside itself: its columns would never end");
            }
            return new Inlined(name);
        }
        throw new Unfit(
                where
                        + " has type "
                        + Types.readable(type.isPrimitive() ? type.displayName() : name)
                        + NO_COLUMN);
    }

    private Value list(String where, RecordComponentInfo component) {
        var element =
                component
                        .findAttribute(Attributes.signature())
                        .map(attribute -> element(attribute.asTypeSignature()))
                        .orElse("");
        if (element.equals("java/lang/String")) {
            return same("texts", LIST);
        }
        if (element.equals(Types.internal(ADDR))) {
            return same("addrs", LIST);
        }
        if (types.isStoredRecord(element)) {
            requireVisible(where, element);
            return new Value("rows", LIST, element, NONE, NONE);
        }
        var shown =
                element.isEmpty()
                        ? "a List of unknown element type"
                        : "List<" + Types.readable(element) + ">";
        throw new Unfit(where + " has type " + shown + NO_COLUMN);
    }

    /// `X` of `List<X>`, or nothing for wildcards, variables and arrays.
    private static String element(Signature list) {
        return list instanceof Signature.ClassTypeSig type
                        && type.typeArgs().size() == 1
                        && type.typeArgs().getFirst() instanceof Signature.TypeArg.Bounded bounded
                        && bounded.wildcardIndicator()
                                == Signature.TypeArg.Bounded.WildcardIndicator.NONE
                        && bounded.boundType() instanceof Signature.ClassTypeSig argument
                ? Types.internal(argument.classDesc())
                : "";
    }

    private void requireVisible(String where, String name) {
        var model = types.find(name).orElseThrow();
        var together = folder(name).equals(folder(record));
        if (together ? types.isPrivate(model) : !types.isPublic(model)) {
            throw new Unfit(
                    where
                            + " has type "
                            + Types.readable(name)
                            + ", which "
                            + Types.readable(record)
                            + Access.SUFFIX
                            + " cannot see: make it public");
        }
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
