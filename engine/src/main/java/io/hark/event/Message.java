package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of what operator and implant said.
@Named(
        value = "message",
        log = "-",
        about = "one line of a decoded conversation",
        sight = Sight.DECODED)
public record Message(
        @About(value = "when it was sent", unit = Unit.TIME) long ts,
        @About(value = "when it was known", unit = Unit.TIME) long seen,
        @About("id of the conversation: the decoder's own key") String conversation,
        @About("family of the program that talks") String family,
        @About("decoder that read it") String decoder,
        @About("whether real captures verify the decoder for this kind of traffic")
                boolean verified,
        @About("who said it") Speaker side,
        @About("which end of the connection the operator is at, where that is known")
                @Nullable Side operator,
        @About("what it is, in the c2Event vocabulary: shell, beacon, file_transfer, sysinfo …")
                String type,
        @About("which of those: console, get, put …") @Nullable String subtype,
        @About("what was said") String text,
        @About("its parts") List<Fact> fields,
        @About("connection it came by") String uid,
        Endpoints id,
        @About("what it was wrapped in, outermost first") List<String> layers,
        @About("name of the secret that opened it") @Nullable String secret)
        implements OfConnection {

    /// The same with another text and other parts.
    public Message with(String otherText, List<Fact> otherFields) {
        return new Message(
                ts,
                seen,
                conversation,
                family,
                decoder,
                verified,
                side,
                operator,
                type,
                subtype,
                otherText,
                otherFields,
                uid,
                id,
                layers,
                secret);
    }

    /// Who says a line: not who opened the connection.
    public enum Speaker {
        /// The person or server that gives orders.
        OPERATOR,
        /// The program that takes them.
        IMPLANT,
        /// Cannot be told.
        UNKNOWN
    }
}
