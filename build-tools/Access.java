import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the bytes of one `$$Access` class.
final class Access {
    static final String SUFFIX = "$$Access";

    private static final ClassDesc SINK = ClassDesc.of("io.hark.schema.ValueSink");
    private static final ClassDesc SOURCE = ClassDesc.of("io.hark.schema.ValueSource");
    private static final ClassDesc ACCESS = ClassDesc.of("io.hark.schema.RecordAccess");
    private static final ClassDesc ROW = ClassDesc.of("io.hark.schema.Stored");
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;
    private static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;

    private final Types types;
    private final String record;
    private final ClassDesc self;
    private final Slots slots;

    /// Records in lists, each with the field that holds its access.
    private final Map<String, String> fields = new LinkedHashMap<>();

    private int column;

    Access(Types types, ClassModel model) {
        this.types = types;
        this.record = types.name(model);
        this.slots = new Slots(types, record);
        this.self = ClassDesc.ofInternalName(record + SUFFIX);
        if (types.isPrivate(model)) {
            throw new Unfit(
                    Types.readable(record) + " is private, so nothing can read it: drop `private`");
        }
    }

    byte[] bytes() {
        return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types.hierarchy()))
                .build(self, this::build);
    }

    private void build(ClassBuilder type) {
        type.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SYNTHETIC, AccessFlag.SUPER)
                .withSuperclass(ConstantDescs.CD_Object)
                .withInterfaceSymbols(ACCESS)
                .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                                code.aload(0)
                                        .invokespecial(
                                                ConstantDescs.CD_Object,
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .return_())
                .withMethodBody(
                        "read",
                        MethodTypeDesc.of(VOID, ROW, SINK),
                        ClassFile.ACC_PUBLIC,
                        this::read)
                .withMethodBody(
                        "make", MethodTypeDesc.of(ROW, SOURCE), ClassFile.ACC_PUBLIC, this::make);
        if (fields.isEmpty()) {
            return;
        }
        fields.values()
                .forEach(
                        name ->
                                type.withField(
                                        name,
                                        ACCESS,
                                        ClassFile.ACC_PRIVATE
                                                | ClassFile.ACC_STATIC
                                                | ClassFile.ACC_FINAL));
        type.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME,
                ConstantDescs.MTD_void,
                ClassFile.ACC_STATIC,
                code -> {
                    fields.forEach(
                            (element, name) -> {
                                var access = ClassDesc.ofInternalName(element + SUFFIX);
                                code.new_(access)
                                        .dup()
                                        .invokespecial(
                                                access,
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .putstatic(self, name, ACCESS);
                            });
                    code.return_();
                });
    }

    // ---- reading

    private void read(CodeBuilder code) {
        column = 0;
        var row = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(1).checkcast(ClassDesc.ofInternalName(record)).astore(row);
        readRecord(code, record, row, List.of());
        code.return_();
    }

    private void readRecord(CodeBuilder code, String from, int row, List<String> outer) {
        var owner = ClassDesc.ofInternalName(from);
        for (var component : types.components(from)) {
            var slot = slots.slot(from, component, outer);
            var value = code.allocateLocal(TypeKind.from(component.descriptorSymbol()));
            code.aload(row)
                    .invokevirtual(
                            owner,
                            component.name().stringValue(),
                            MethodTypeDesc.of(component.descriptorSymbol()))
                    .storeLocal(TypeKind.from(component.descriptorSymbol()), value);
            switch (slot) {
                case Slots.Inlined inlined ->
                        readRecord(code, inlined.name(), value, plus(outer, from));
                case Slots.Value plan -> readValue(code, plan, component, value);
            }
        }
    }

    private void readValue(
            CodeBuilder code, Slots.Value plan, RecordComponentInfo component, int value) {
        var type = component.descriptorSymbol();
        var end = code.newLabel();
        if (!type.isPrimitive()) {
            var present = code.newLabel();
            code.aload(value)
                    .ifnonnull(present)
                    .aload(2)
                    .loadConstant(column)
                    .invokeinterface(SINK, "absent", MethodTypeDesc.of(VOID, INT))
                    .goto_(end)
                    .labelBinding(present);
        }
        code.aload(2).loadConstant(column).loadLocal(TypeKind.from(type), value);
        plan.unpack().emit(code);
        if (plan.element() == null) {
            code.invokeinterface(SINK, plan.method(), MethodTypeDesc.of(VOID, INT, plan.type()));
        } else {
            code.getstatic(self, field(plan.element()), ACCESS)
                    .invokeinterface(
                            SINK, plan.method(), MethodTypeDesc.of(VOID, INT, plan.type(), ACCESS));
        }
        code.labelBinding(end);
        column++;
    }

    // ---- making

    private void make(CodeBuilder code) {
        column = 0;
        var row = makeRecord(code, record, List.of());
        code.aload(row).areturn();
    }

    /// Every value goes to a local first: no branch is taken while an unfinished object is on the
    /// stack.
    private int makeRecord(CodeBuilder code, String made, List<String> outer) {
        var components = types.components(made);
        var values = new int[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (slots.slot(made, components.get(i), outer)) {
                        case Slots.Inlined inlined ->
                                makeRecord(code, inlined.name(), plus(outer, made));
                        case Slots.Value plan ->
                                makeValue(code, plan, components.get(i).descriptorSymbol());
                    };
        }
        var owner = ClassDesc.ofInternalName(made);
        code.new_(owner).dup();
        for (int i = 0; i < values.length; i++) {
            code.loadLocal(TypeKind.from(components.get(i).descriptorSymbol()), values[i]);
        }
        var parameters = components.stream().map(RecordComponentInfo::descriptorSymbol).toList();
        var row = code.allocateLocal(TypeKind.REFERENCE);
        code.invokespecial(owner, ConstantDescs.INIT_NAME, MethodTypeDesc.of(VOID, parameters))
                .astore(row);
        return row;
    }

    private int makeValue(CodeBuilder code, Slots.Value plan, ClassDesc type) {
        var value = code.allocateLocal(TypeKind.from(type));
        var end = code.newLabel();
        if (!type.isPrimitive()) {
            var present = code.newLabel();
            code.aload(1)
                    .loadConstant(column)
                    .invokeinterface(SOURCE, "isAbsent", MethodTypeDesc.of(BOOLEAN, INT))
                    .ifeq(present)
                    .aconst_null()
                    .astore(value)
                    .goto_(end)
                    .labelBinding(present);
        }
        code.aload(1).loadConstant(column);
        if (plan.element() == null) {
            code.invokeinterface(SOURCE, plan.method(), MethodTypeDesc.of(plan.type(), INT));
        } else {
            code.getstatic(self, field(plan.element()), ACCESS)
                    .invokeinterface(
                            SOURCE, plan.method(), MethodTypeDesc.of(plan.type(), INT, ACCESS));
        }
        plan.pack().emit(code);
        code.storeLocal(TypeKind.from(type), value).labelBinding(end);
        column++;
        return value;
    }

    private static List<String> plus(List<String> names, String name) {
        var longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }

    private String field(String element) {
        return fields.computeIfAbsent(element, key -> "access" + fields.size());
    }
}
