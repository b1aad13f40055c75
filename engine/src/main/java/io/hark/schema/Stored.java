package io.hark.schema;

/// A record whose components the schema knows: an event, a carried thing, the state of a detector.
///
/// *Shape*: components are `long`, `int`, `double`, `boolean` (or their boxes where the value may
/// be absent), `String`, [Addr], `byte[]`, `long[]`, an enum, `List<String>`, `List<Addr>`, a list
/// of such records, or one such record, whose components then take its place. The build writes the
/// [RecordAccess] of every such record; nothing is reflected per row.
///
/// Arrays in a stored record belong to it: neither the maker nor a reader changes them afterwards.
public interface Stored {}
