package io.hark.collect;

import io.hark.schema.Stored;

/// What a receiver took in one go: a piece of the journal.
///
/// @param form how the payload is read: [#MESSAGES], [#LINES], [#EXPORT], [#SHIPMENT]
/// @param receiver name of the listener
/// @param source who sent it: an address, a file's path, what a client calls itself
/// @param stream what the mark counts in; empty for what cannot be asked again
/// @param mark how far the stream is read with this piece
/// @param nanos when it came
/// @param payload as its form says
record Taken(
        String form,
        String receiver,
        String source,
        String stream,
        long mark,
        long nanos,
        byte[] payload)
        implements Stored {

    /// Messages of syslog, as [Messages] puts them together.
    static final String MESSAGES = "messages";

    /// Whole lines.
    static final String LINES = "lines";

    /// One datagram about flows, as [Exports] puts it together.
    static final String EXPORT = "export";

    /// What a sensor ships, as [Sensors] puts it together; its mark counts rows.
    static final String SHIPMENT = "shipment";

    /// What cannot be asked again.
    static Taken once(String form, String receiver, String source, long nanos, byte[] payload) {
        return new Taken(form, receiver, source, "", 0, nanos, payload);
    }

    /// Who sent it, apart from the senders of all other listeners.
    SourceName sender() {
        return new SourceName(receiver, source);
    }
}
