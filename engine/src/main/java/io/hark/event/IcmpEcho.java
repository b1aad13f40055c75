package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What two hosts echoed to each other within a minute: what tells a ping from a tunnel. A ping
/// sends the same payload again but for a time in its first octets, and gets back what it sent.
///
/// *Source*: RFC 792, 4443 §4.
@Named(
        value = "icmp_echo",
        about = "echo requests and replies of a pair of hosts, by the minute",
        sight = Sight.SHAPE)
public record IcmpEcho(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when the minute was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "first to last packet", unit = Unit.DURATION) long duration,
        @About(value = "echo requests", unit = Unit.PACKETS) long requests,
        @About(value = "echo replies", unit = Unit.PACKETS) long replies,
        @About(value = "payload of the requests", unit = Unit.BYTES) long request_bytes,
        @About(value = "payload of the replies", unit = Unit.BYTES) long reply_bytes,
        @About(value = "shortest payload of a request", unit = Unit.BYTES)
                @Nullable Integer request_len_min,
        @About(value = "longest payload of a request", unit = Unit.BYTES)
                @Nullable Integer request_len_max,
        @About(value = "shortest payload of a reply", unit = Unit.BYTES)
                @Nullable Integer reply_len_min,
        @About(value = "longest payload of a reply", unit = Unit.BYTES)
                @Nullable Integer reply_len_max,
        @About(value = "mean entropy of the payloads of requests", unit = Unit.BITS)
                @Nullable Double request_entropy,
        @About(value = "mean entropy of the payloads of replies", unit = Unit.BITS)
                @Nullable Double reply_entropy,
        @About(
                        value =
                                "requests whose payload differs from the one before, behind the first 16 octets",
                        unit = Unit.PACKETS)
                long changed_requests,
        @About(value = "replies whose payload is not that of their request", unit = Unit.PACKETS)
                long altered_replies,
        @About(value = "replies whose request was not seen", unit = Unit.PACKETS)
                long unasked_replies,
        @About("identifiers of the requests, 16 at most are told apart") int identifiers,
        @About(
                        value = "requests whose sequence number is one more than that before",
                        unit = Unit.PACKETS)
                long sequence_steps,
        @About(value = "requests whose sequence number is that before again", unit = Unit.PACKETS)
                long sequence_repeats,
        @About(value = "shortest time between two requests", unit = Unit.DURATION)
                @Nullable Long gap_min,
        @About(value = "longest time between two requests", unit = Unit.DURATION)
                @Nullable Long gap_max)
        implements OfConnection {}
