package io.hark.sensor;

import io.hark.UserError;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Mail;
import io.hark.carry.StreamPiece;
import io.hark.carry.WebSocketMessage;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One kept conversation.
///
/// @param file where it is kept
/// @param decoder who would read it
/// @param secrets what would open it
/// @param bytes the file's size
record KeptPieces(Path file, String decoder, List<String> secrets, long bytes) {

    /// Its pieces, in order. A file that breaks off is read as far as it goes: the machine may have
    /// been switched off.
    List<Carried> pieces() throws IOException {
        List<Carried> pieces = new ArrayList<>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(4);
            next(in, file);
            for (byte[] row = next(in, file); row.length > 0; row = next(in, file)) {
                pieces.add(piece(Codec.read(Kind.of(Undecoded.Row.class), row)));
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(file + " is damaged: move it away and try again", e);
        }
        return pieces;
    }

    private static Carried piece(Undecoded.Row row) {
        return switch (row.kind()) {
            case "stream" -> Codec.read(Kind.of(StreamPiece.class), row.row());
            case "datagram" -> Codec.read(Kind.of(Datagram.class), row.row());
            case "http" -> Codec.read(Kind.of(HttpExchange.class), row.row());
            case "dns" -> Codec.read(Kind.of(DnsTransaction.class), row.row());
            case "echo" -> Codec.read(Kind.of(EchoPayload.class), row.row());
            case "web-socket" -> Codec.read(Kind.of(WebSocketMessage.class), row.row());
            case "mail" -> Codec.read(Kind.of(Mail.class), row.row());
            case "ftp-file" -> Codec.read(Kind.of(FilePiece.class), row.row());
            default -> throw new IllegalArgumentException("a kept piece cannot be a " + row.kind());
        };
    }

    /// The next row; empty at the end.
    private static byte[] next(DataInputStream in, Path file) throws IOException {
        try {
            int length = in.readInt();
            if (length < 0 || length > Undecoded.MAX_ROW) {
                throw new UserError(file + " is damaged: move it away and try again");
            }
            byte[] row = new byte[length];
            in.readFully(row);
            return row;
        } catch (EOFException e) {
            return new byte[0]; // the end, or where the writing broke off
        }
    }

    static @Nullable KeptPieces read(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (Files.size(file) < 8 || in.readInt() != Undecoded.MAGIC) {
                return null;
            }
            byte[] row = next(in, file);
            Undecoded.Header header =
                    row.length == 0 ? null : Codec.read(Kind.of(Undecoded.Header.class), row);
            return header == null
                    ? null
                    : new KeptPieces(file, header.decoder(), header.secrets(), Files.size(file));
        }
    }
}
