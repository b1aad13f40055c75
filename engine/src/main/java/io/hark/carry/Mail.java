package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.schema.Stored;
import java.util.List;

/// A mail as a client handed it over, its parts decoded and cut at the budget.
///
/// @param from the sender that the envelope names; empty for none
/// @param recipients those that the envelope names
/// @param subject as it was written; empty for none
/// @param parts what is in it, in order; empty while only the head is known
/// @param whole whether nothing of it is missing or cut
public record Mail(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        String from,
        List<String> recipients,
        String subject,
        List<Part> parts,
        boolean whole)
        implements Offered {

    /// One part.
    ///
    /// @param filename the name it was given; empty for none
    /// @param bytes its content
    public record Part(String filename, byte[] bytes) implements Stored {}

    /// Keeps its own copy of the lists.
    public Mail {
        recipients = List.copyOf(recipients);
        parts = List.copyOf(parts);
    }

    @Override
    public Mail to(String reader, long place) {
        return new Mail(ts, uid, id, reader, place, from, recipients, subject, parts, whole);
    }
}
