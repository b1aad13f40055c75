package io.hark;

import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.DnsTransaction;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Inner;
import io.hark.carry.Mail;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Side;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carried pieces and secrets → the messages of a conversation. One file per family; the build
/// finds it.
///
/// It has two halves. [#taste] runs on the worker, below the wall: bounded, without secrets, on one
/// connection. What it tastes as its own is carried up, and [#on] converses there, keyed by the
/// decoder's own key (session id, implant id), never by address.
public interface Decoder<S extends Stored> extends Keyed<Carried, S, Message> {

    /// What it decodes and how sure we are.
    ///
    /// @param families names of the programs it reads
    /// @param carriers what it wants to taste
    /// @param secrets the kinds of secret that it can use; empty where none is needed
    /// @param withoutKey what it tells without a secret
    /// @param withKey what it tells with one
    /// @param verified whether real captures verify it
    record Info(
            List<String> families,
            Set<Carrier> carriers,
            Set<Secret.Kind> secrets,
            String withoutKey,
            String withKey,
            boolean verified) {}

    /// Where pieces are cut from.
    enum Carrier {
        /// A TCP stream that no parser knows.
        STREAM,
        /// A TCP stream that is TLS, ciphertext and all.
        TLS,
        /// A TCP stream that is HTTP, heads and all: for bodies that go on for hours.
        HTTP_STREAM,
        /// A TCP stream that is IRC.
        IRC,
        /// UDP datagrams that no parser knows.
        DATAGRAM,
        /// HTTP exchanges.
        HTTP,
        /// Messages of WebSockets.
        WEB_SOCKET,
        /// Mails that are handed over.
        MAIL,
        /// Files that FTP transfers.
        FTP_FILE,
        /// DNS queries and answers, each as it is on the wire.
        DNS,
        /// Payloads of ICMP echo requests and replies.
        ECHO
    }

    /// What it is.
    Info info();

    /// Whether what is shown is its own. Pure and bounded.
    ///
    /// @return see [Verdict]; for the head of an exchange, a mail or a file MORE asks for the
    ///   bodies; for a stream, more bytes, until [#MAX_TASTE] have been shown
    int taste(Tasting tasting);

    /// An input of this conversation; the turn is a [Conversation].
    @Override
    default @Nullable S on(Carried input, @Nullable S state, Turn<Message> turn) {
        return converse(input, state, (Conversation) turn);
    }

    /// The conversations that a piece belongs to, where a secret is needed to tell: a session id
    /// may stand under a key. Asked instead of the other; pure but for the secrets.
    default void keys(Carried input, Secrets secrets, Keys sink) {
        keys(input, sink);
    }

    /// Reads one carried piece of the conversation.
    @Nullable S converse(Carried piece, @Nullable S state, Conversation turn);

    /// The most bytes of each direction that a stream's taste is shown.
    int MAX_TASTE = 8192;

    /// The most bytes of one connection that are carried up; what comes behind them is not.
    default long maxCarried() {
        return 4L << 20;
    }

    /// What a taste is shown.
    sealed interface Tasting {

        /// The connection's endpoints.
        Endpoints id();
    }

    /// The beginnings of both directions of a stream; `originator` and `responder` may be empty.
    ///
    /// @param first who spoke first
    /// @param pieces how many pieces were seen so far, both ways
    /// @param over whether nothing more will be shown: who cannot tell by now says no
    record StreamStart(
            Endpoints id, Side first, int pieces, Bytes originator, Bytes responder, boolean over)
            implements Tasting {}

    /// One datagram.
    record DatagramSeen(Endpoints id, Side side, Bytes payload) implements Tasting {}

    /// An exchange: first its head with empty bodies, then whole.
    record ExchangeSeen(HttpExchange exchange, boolean whole) implements Tasting {
        @Override
        public Endpoints id() {
            return exchange.id();
        }
    }

    /// A DNS query or answer, by itself: what belongs to one tunnel goes through many connections.
    record DnsSeen(DnsTransaction message) implements Tasting {
        @Override
        public Endpoints id() {
            return message.id();
        }
    }

    /// A message of a WebSocket, by itself.
    record WebSocketSeen(WebSocketMessage message) implements Tasting {
        @Override
        public Endpoints id() {
            return message.id();
        }
    }

    /// A mail: first its head without parts, then whole.
    record MailSeen(Mail mail, boolean whole) implements Tasting {
        @Override
        public Endpoints id() {
            return mail.id();
        }
    }

    /// A file: first its name without bytes, then whole.
    record FileSeen(FilePiece file, boolean whole) implements Tasting {
        @Override
        public Endpoints id() {
            return file.id();
        }
    }

    /// An echo request or reply, by itself.
    record EchoSeen(
            Endpoints id, Side side, boolean request, int echoId, int echoSequence, Bytes payload)
            implements Tasting {}

    /// The secrets that may be tried on the piece at hand.
    interface Secrets {

        /// Those of that kind, in the keyring's order, behind them what was derived in this run;
        /// each only through a key check.
        List<Secret> secrets(Secret.Kind kind);
    }

    /// What a decoder may ask and say beyond a [Turn].
    interface Conversation extends Turn<Message>, Secrets {

        /// A secret made of another, such as the AES key that an RSA key gave: from here on later
        /// conversations of this run may try it, too.
        ///
        /// @param secret its source says what it was made of and where; its scope, where it is
        ///   worth trying
        void derived(Secret secret);

        /// This conversation cannot be read for want of a secret: its pieces are kept in the case,
        /// so that a late key opens exactly them.
        void undecoded(Secret.Kind kind, String why);

        /// A secret opened it: the pieces need not be kept.
        void opened(Secret secret);

        /// The conversation is a tunnel and carried this: it is read as traffic of its own, with
        /// the tunnel named, and written beside the transcript. In order for each stream.
        void inner(Inner inner);

        /// Keeps a file or picture that went by, in the case, under its hash.
        ///
        /// @param suffix what its name ends with: `jpg`
        /// @return what a message says of it: `sha256`, `bytes`, and `file` where the case has it
        List<Fact> keep(byte[] octets, String suffix);
    }
}
