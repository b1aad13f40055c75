package io.hark.parse.netflow;

import java.util.List;

/// What the records of one set look like.
///
/// *Shape*: fields in wire order; one of length [#VARIABLE] has its length before its value.
///
/// @param id its number, from 256
/// @param options whether its records are about the exporter, not about traffic
/// @param fields the elements and how many octets each has
/// @param least the octets of its shortest record, at least 1: what is less than that at the end of
///   a set is padding
record Template(int id, boolean options, List<Field> fields, int least) {

    /// *Source*: RFC 7011 §7; some NetFlow v9 exporters do it, too.
    static final int VARIABLE = 0xffff;

    /// The smallest number of a template; smaller ones are sets of templates.
    static final int FIRST_ID = 256;

    /// Elements of one template: the largest known has about a hundred (nProbe).
    static final int MAX_FIELDS = 512;

    /// One field.
    record Field(Element element, int length) {}

    Template {
        fields = List.copyOf(fields);
    }

    /// Of these fields.
    static Template of(int id, boolean options, List<Field> fields) {
        int least = 0;
        for (Field field : fields) {
            least += field.length == VARIABLE ? 1 : field.length;
        }
        return new Template(id, options, fields, least);
    }
}
