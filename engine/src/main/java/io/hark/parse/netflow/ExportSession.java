package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the messages that come by one connection: NetFlow v5 and v9, IPFIX.
///
/// ```
/// v9     version 2 · count 2 · up time 4 · seconds 4 · sequence 4 · source 4 · sets
/// IPFIX  version 2 · length 2 · seconds 4 · sequence 4 · domain 4 · sets
/// set    number 2 · length 2 · templates, or records of template `number`
/// ```
///
/// *Source*: RFC 3954 §5 to §6, RFC 7011 §3. *Thread*: the worker that owns the connection.
final class ExportSession implements DatagramParser.Session {

    /// Values in the records of one message: it has 64 KB at most, and but for hostile templates
    /// each value has an octet.
    private static final int MAX_VALUES = 1 << 16;

    private static final int V9_HEADER = 20;
    private static final int IPFIX_HEADER = 16;
    private static final int SET_HEADER = 4;
    private static final int V9_TEMPLATES = 0;
    private static final int V9_OPTIONS = 1;
    private static final int IPFIX_TEMPLATES = 2;
    private static final int IPFIX_OPTIONS = 3;
    private static final int ENTERPRISE = 0x8000;

    /// Domains that one connection is told apart by when it closes; others are just not reported.
    private static final int MAX_HEARD = 64;

    private final Connection connection;
    private final Exporters exporters;
    private final Columns columns;
    private final FlowRecord record = new FlowRecord();
    private final Set<Domain> heard = new HashSet<>(2);
    private int records; // of the message at hand; below 0 if nobody knows
    private int values; // in them

    ExportSession(Connection connection, Exporters exporters, Columns columns) {
        this.connection = connection;
        this.exporters = exporters;
        this.columns = columns;
    }

    @Override
    public boolean takes(Bytes payload, Side side) {
        int version = payload.peekU16(0);
        return version == ExportHeader.V5
                || version == ExportHeader.V9
                || version == ExportHeader.IPFIX;
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        message(payload, side);
    }

    /// Reads one message.
    void message(Bytes in, Side side) {
        connection.confirm();
        switch (in.peekU16(0)) {
            case ExportHeader.V5 -> v5(in, side);
            case ExportHeader.V9 -> v9(in, side);
            case ExportHeader.IPFIX -> ipfix(in, side);
            default -> in.fail("no version of an export format");
        }
    }

    private void v5(Bytes in, Side side) {
        int count = in.peekU16(2);
        ExportHeader header = Version5.header(in);
        Version5 reader = new Version5(in, header);
        Domain domain = begin(side, header, count);
        for (int i = 0; i < count && in.ok() && reader.next(record.clear()); i++) {
            emit(side, header, "data", null, domain);
        }
    }

    private void v9(Bytes in, Side side) {
        if (in.length() < V9_HEADER) {
            in.fail("ends early");
            return;
        }
        in.skip(4);
        long up = in.u32();
        long seconds = in.u32();
        ExportHeader header =
                new ExportHeader(ExportHeader.V9, seconds * 1000, up, in.u32(), in.u32());
        sets(in, side, header, begin(side, header, 1));
    }

    private void ipfix(Bytes in, Side side) {
        if (in.length() < IPFIX_HEADER) {
            in.fail("ends early");
            return;
        }
        in.skip(2);
        int length = in.u16();
        long seconds = in.u32();
        ExportHeader header =
                new ExportHeader(ExportHeader.IPFIX, seconds * 1000, 0, in.u32(), in.u32());
        if (length < IPFIX_HEADER) {
            in.fail("shorter than its head");
            return;
        }
        in.limit(length - IPFIX_HEADER);
        Domain domain = begin(side, header, -1);
        sets(in, side, header, domain);
        if (records >= 0) {
            domain.sequence.heard(header.sequence(), records);
        } else {
            domain.sequence.lost();
        }
    }

    /// Finds the domain, says what is missing before this message, and counts it.
    ///
    /// @param count what this message counts in its sequence, or -1 if that is only known later
    private Domain begin(Side side, ExportHeader header, int count) {
        records = 0;
        values = 0;
        boolean isIpfix = header.version() == ExportHeader.IPFIX;
        int port = side == Side.ORIGINATOR ? connection.id().orig_p() : connection.id().resp_p();
        Domain domain =
                exporters.of(
                        new Exporters.Key(
                                exporter(side),
                                connection.id().host(side.other()),
                                isIpfix ? port : 0,
                                header.version(),
                                header.domain()));
        if (heard.size() < MAX_HEARD) {
            heard.add(domain);
        }
        long missing = domain.sequence.missing(header.sequence());
        if (missing > 0) {
            String what = header.version() == ExportHeader.V9 ? " messages" : " records";
            connection.anomaly("flow_sequence_gap", missing + what + " missing");
        }
        if (count >= 0) {
            domain.sequence.heard(header.sequence(), count);
        }
        return domain;
    }

    private Addr exporter(Side side) {
        return connection.id().host(side);
    }

    // ---- sets

    private void sets(Bytes in, Side side, ExportHeader header, Domain domain) {
        int before = domain.weight();
        while (in.remaining() >= SET_HEADER) { // each set is longer than its head
            int id = in.u16();
            int length = in.u16();
            if (id == 0 && length == 0) {
                break; // the rest is filled with zeros
            }
            if (length < SET_HEADER) {
                in.fail("a set shorter than its head");
                break;
            }
            int outer = in.limit(length - SET_HEADER);
            set(id, in, side, header, domain);
            in.unlimit(outer);
        }
        exporters.grown(domain.weight() - before);
    }

    private void set(int id, Bytes in, Side side, ExportHeader header, Domain domain) {
        boolean isV9 = header.version() == ExportHeader.V9;
        if (id == (isV9 ? V9_TEMPLATES : IPFIX_TEMPLATES)) {
            while (in.remaining() >= SET_HEADER) { // each template has a head
                template(false, in, side, header, domain);
            }
        } else if (id == (isV9 ? V9_OPTIONS : IPFIX_OPTIONS)) {
            while (in.remaining() >= SET_HEADER + 2) {
                template(true, in, side, header, domain);
            }
        } else if (id >= Template.FIRST_ID) {
            Template template = domain.template(id);
            if (template != null) {
                data(template, in, side, header, domain);
            } else {
                wait(id, in, header, domain);
            }
        }
    }

    private void wait(int id, Bytes in, ExportHeader header, Domain domain) {
        records = Integer.MIN_VALUE; // how many there are nobody knows
        if (!domain.keep(id, in.take(in.remaining()), header)) {
            connection.anomaly("flow_data_without_template", "template " + id + ", dropped");
        }
    }

    /// Reads one template and what waited for it.
    private void template(
            boolean options, Bytes in, Side side, ExportHeader header, Domain domain) {
        boolean isV9 = header.version() == ExportHeader.V9;
        int id = in.u16();
        int count = in.u16();
        int scopes = 0;
        if (options && isV9) { // lengths in octets
            scopes = count / SET_HEADER;
            count = scopes + in.u16() / SET_HEADER;
        } else if (options && count > 0) {
            scopes = in.u16();
        }
        if (count == 0) {
            if (isV9 && id == 0) {
                in.skip(in.remaining()); // padding
            } else {
                withdraw(id, options, domain);
            }
            return;
        }
        if (id < Template.FIRST_ID || count > Template.MAX_FIELDS) {
            in.fail("no template: number " + id + " with " + count + " fields");
            return;
        }
        List<Template.Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count && in.ok(); i++) {
            fields.add(field(in, isV9, options && i < scopes));
        }
        Template template = Template.of(id, options, fields);
        if (in.ok() && template.least() > 0) {
            domain.put(template);
            for (Domain.Waiting waited : domain.release(id)) {
                data(template, Bytes.of(waited.set()), side, waited.header(), domain);
            }
        }
    }

    private static void withdraw(int id, boolean options, Domain domain) {
        if (id == (options ? IPFIX_OPTIONS : IPFIX_TEMPLATES)) {
            domain.removeAll(options);
        } else {
            domain.remove(id);
        }
    }

    private static Template.Field field(Bytes in, boolean isV9, boolean isScope) {
        int id = in.u16();
        int length = in.u16();
        if (isV9) {
            return new Template.Field(isScope ? Element.scope(id) : Element.ofV9(id), length);
        }
        long enterprise = (id & ENTERPRISE) != 0 ? in.u32() : 0;
        return new Template.Field(Element.of(enterprise, id & ~ENTERPRISE), length);
    }

    // ---- records

    private void data(Template template, Bytes in, Side side, ExportHeader header, Domain domain) {
        while (in.remaining() >= template.least()) { // at least 1
            values += template.fields().size();
            if (values > MAX_VALUES) {
                connection.anomaly("flow_too_many_values", "more than " + MAX_VALUES);
                in.skip(in.remaining());
                return;
            }
            record.clear();
            for (Template.Field field : template.fields()) {
                int length =
                        field.length() == Template.VARIABLE
                                ? FieldReader.variable(in)
                                : field.length();
                read(field.element(), in, length, header);
            }
            if (!in.ok()) {
                return;
            }
            records++;
            if (template.options()) {
                domain.sampling.learn(record);
            }
            emit(side, header, template.options() ? "options" : "data", template.id(), domain);
        }
    }

    /// NetFlow v9 tells when a flow began and ended by the exporter's up time, which says nothing
    /// without the head of the message: it is shown as the moment that it means.
    private void read(Element element, Bytes in, int length, ExportHeader header) {
        int iana = element.iana();
        boolean isUpTime = iana == Iana.START_UP_TIME || iana == Iana.END_UP_TIME;
        if (isUpTime && length == 4 && header.version() == ExportHeader.V9) {
            record.add(
                    iana == Iana.START_UP_TIME ? Iana.START_MILLIS : Iana.END_MILLIS,
                    header.moment(in.u32()));
        } else {
            record.read(element, in, length);
        }
    }

    private void emit(
            Side side,
            ExportHeader header,
            String kind,
            @Nullable Integer template,
            Domain domain) {
        String format = header.version() == ExportHeader.IPFIX ? "ipfix" : "netflow";
        Columns.Around around =
                new Columns.Around(
                        connection.now(),
                        connection.uid(),
                        exporter(side),
                        format,
                        header.version(),
                        header.sequence(),
                        header.domain(),
                        header.exportMillis());
        Long rate = kind.equals("data") ? domain.sampling.of(record) : null;
        connection.emit(columns.flow(around, kind, template, record, rate));
    }

    @Override
    public void close() {
        for (Domain domain : heard) {
            int sets = domain.untold();
            if (sets > 0) {
                connection.anomaly("flow_data_without_template", sets + " sets wait for one");
            }
        }
    }
}
