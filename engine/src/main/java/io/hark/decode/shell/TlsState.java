package io.hark.decode.shell;

import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import io.hark.format.tlscrypt.Flight;
import io.hark.format.tlscrypt.RecordKeys;
import io.hark.schema.Stored;
import java.util.Arrays;
import java.util.List;

/// Where the reading of one TLS connection stands.
///
/// *Shape*: bounded by [TlsReader#MAX_TRANSCRIPT], by a record on each side, and by what a
/// [ShellState] holds.
///
/// @param uid the connection
/// @param id its endpoints
/// @param phase how far it got
/// @param originator the originator's direction
/// @param responder the responder's direction
/// @param version the protocol version, 0 before it is known
/// @param suite the cipher suite
/// @param clientRandom the client's random; empty before it is known
/// @param serverRandom the server's random
/// @param extendedMaster whether the master secret is the extended one
/// @param encryptThenMac whether the MAC is over the ciphertext
/// @param transcript the handshake so far, up to the client's key exchange
/// @param keyExchange the client's key exchange; empty if none was seen
/// @param shell the reading of what is inside
record TlsState(
        String uid,
        Endpoints id,
        Phase phase,
        Half originator,
        Half responder,
        int version,
        int suite,
        byte[] clientRandom,
        byte[] serverRandom,
        boolean extendedMaster,
        boolean encryptThenMac,
        byte[] transcript,
        byte[] keyExchange,
        ShellState shell)
        implements Stored {

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int ENCRYPT_THEN_MAC = 22; // RFC 7366
    private static final int EXTENDED_MASTER_SECRET = 23; // RFC 7627

    /// How far it got.
    enum Phase {
        /// No record was opened yet.
        HANDSHAKE,
        /// A secret opens it.
        OPEN,
        /// It cannot be read.
        CLOSED
    }

    /// One direction.
    ///
    /// @param pending octets of a record that is not whole yet
    /// @param handshake octets of a handshake message that is not whole yet
    /// @param sealed whether its records are protected
    /// @param keys what opens the next record; one, or none before they are known
    /// @param traffic its traffic secret in TLS 1.3
    /// @param misses protected records that did not open yet: the handshake of TLS 1.3
    /// @param lost whether it cannot be read any further
    record Half(
            byte[] pending,
            byte[] handshake,
            boolean sealed,
            List<RecordKeys> keys,
            byte[] traffic,
            int misses,
            boolean lost)
            implements Stored {
        static final Half START =
                new Half(new byte[0], new byte[0], false, List.of(), new byte[0], 0, false);
    }

    /// Before anything was read.
    static TlsState start(String uid, Endpoints id) {
        byte[] none = {};
        return new TlsState(
                uid,
                id,
                Phase.HANDSHAKE,
                Half.START,
                Half.START,
                0,
                0,
                none,
                none,
                false,
                false,
                none,
                none,
                ShellState.start(uid, id, ""));
    }

    /// The same, never to be read: nothing is held.
    TlsState closed() {
        TlsState empty = start(uid, id);
        return new TlsState(
                uid,
                id,
                Phase.CLOSED,
                Half.START,
                Half.START,
                version,
                suite,
                empty.clientRandom,
                empty.serverRandom,
                false,
                false,
                empty.transcript,
                empty.keyExchange,
                empty.shell);
    }

    /// The same with these directions at that phase; an open connection needs its handshake no
    /// longer.
    TlsState with(Phase next, Half left, Half right) {
        return new TlsState(
                uid,
                id,
                next,
                left,
                right,
                version,
                suite,
                clientRandom,
                serverRandom,
                extendedMaster,
                encryptThenMac,
                next == Phase.OPEN ? new byte[0] : transcript,
                keyExchange,
                shell);
    }

    /// The same with that reading of what is inside.
    TlsState with(ShellState reading) {
        return new TlsState(
                uid,
                id,
                phase,
                originator,
                responder,
                version,
                suite,
                clientRandom,
                serverRandom,
                extendedMaster,
                encryptThenMac,
                transcript,
                keyExchange,
                reading);
    }

    /// The same after a handshake message in clear, header and all.
    TlsState after(byte[] message) {
        byte[] body = Arrays.copyOfRange(message, Flight.MESSAGE_HEAD, message.length);
        byte[] transcript = this.transcript;
        if (this.keyExchange.length == 0
                && transcript.length + message.length <= TlsReader.MAX_TRANSCRIPT) {
            transcript = TlsReader.join(transcript, message);
        }
        int version = this.version;
        int suite = this.suite;
        byte[] clientRandom = this.clientRandom;
        byte[] serverRandom = this.serverRandom;
        boolean extendedMaster = this.extendedMaster;
        boolean encryptThenMac = this.encryptThenMac;
        byte[] keyExchange = this.keyExchange;
        switch (message[0]) {
            case CLIENT_HELLO -> {
                if (ClientHello.read(Bytes.of(body), false) instanceof ClientHello hello) {
                    clientRandom = hello.random();
                }
            }
            case SERVER_HELLO -> {
                if (ServerHello.read(Bytes.of(body)) instanceof ServerHello hello) {
                    version = hello.version();
                    suite = hello.cipher();
                    serverRandom = hello.random();
                    extendedMaster = has(hello, EXTENDED_MASTER_SECRET);
                    encryptThenMac = has(hello, ENCRYPT_THEN_MAC);
                }
            }
            case CLIENT_KEY_EXCHANGE -> keyExchange = body;
            default -> {}
        }
        return new TlsState(
                uid,
                id,
                phase,
                originator,
                responder,
                version,
                suite,
                clientRandom,
                serverRandom,
                extendedMaster,
                encryptThenMac,
                transcript,
                keyExchange,
                shell);
    }

    private static boolean has(ServerHello hello, int extension) {
        return Arrays.stream(hello.extensions()).anyMatch(type -> type == extension);
    }
}
