package io.hark.format.tlscrypt;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The handshake messages in clear at the beginning of one direction of a TLS stream.
///
/// @param messages those that are whole, header and all
/// @param open whether more of them may follow: no record of another type was seen
/// @param tls whether the records are TLS at all
public record Flight(List<byte[]> messages, boolean open, boolean tls) {

    /// The handshake record type.
    public static final int HANDSHAKE = 22;

    /// Octets before a record's content.
    public static final int RECORD_HEAD = 5;

    /// The most octets of a record's content (RFC 5246 §6.2.3).
    public static final int MAX_RECORD = (1 << 14) + 2048;

    /// Octets before a handshake message's body.
    public static final int MESSAGE_HEAD = 4;

    /// The first message of type `type` without its header, or null.
    public byte @Nullable [] body(int type) {
        for (byte[] message : messages) {
            if (message[0] == type) {
                return Arrays.copyOfRange(message, MESSAGE_HEAD, message.length);
            }
        }
        return null;
    }

    /// Reads the handshake at the beginning of `stream`.
    public static Flight of(byte[] stream) {
        ByteArrayOutputStream handshake = new ByteArrayOutputStream();
        int at = 0;
        boolean open = true;
        boolean tls = true;
        while (tls && open && stream.length - at >= RECORD_HEAD) {
            int length = (stream[at + 3] & 0xff) << 8 | stream[at + 4] & 0xff;
            tls =
                    stream[at + 1] == 3
                            && stream[at] >= 20
                            && stream[at] <= 24
                            && length <= MAX_RECORD;
            open = stream[at] == HANDSHAKE;
            if (tls && open) {
                int there = Math.min(length, stream.length - at - RECORD_HEAD);
                handshake.write(stream, at + RECORD_HEAD, there);
            }
            at = Math.min(stream.length, at + RECORD_HEAD + length);
        }
        return new Flight(whole(handshake.toByteArray()), open, tls);
    }

    /// The whole messages at the beginning of `handshake`.
    public static List<byte[]> whole(byte[] handshake) {
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (handshake.length - at >= MESSAGE_HEAD) {
            int length =
                    (handshake[at + 1] & 0xff) << 16
                            | (handshake[at + 2] & 0xff) << 8
                            | handshake[at + 3] & 0xff;
            if (handshake.length - at - MESSAGE_HEAD < length) {
                break;
            }
            messages.add(Arrays.copyOfRange(handshake, at, at + MESSAGE_HEAD + length));
            at += MESSAGE_HEAD + length;
        }
        return List.copyOf(messages);
    }
}
