package io.hark.format.gss;

import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Ntlm;
import io.hark.format.kerberos.KerberosMessage;
import io.hark.format.kerberos.KerberosPair;
import io.hark.format.ntlm.NtlmMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the two sides of one connection say about who logs on, whatever protocol carries it: makes
/// [Ntlm] and [io.hark.event.Kerberos] events.
///
/// *Thread*: one owner, that of the protocol's session.
public final class Logon {

    private static final String TCP = "tcp"; // carries all protocols that log on so

    private final String uid;
    private final Endpoints id;
    private final Consumer<Event> events;
    private final Consumer<String> protocols;
    private long ntlmBegan = -1;
    private @Nullable NtlmMessage challenge;
    private @Nullable NtlmMessage authenticate;
    private long ticketBegan;
    private @Nullable KerberosMessage ticket;

    /// Of a connection.
    ///
    /// @param events takes events
    /// @param protocols takes the names of protocols that are certain
    public Logon(String uid, Endpoints id, Consumer<Event> events, Consumer<String> protocols) {
        this.uid = uid;
        this.id = id;
        this.events = events;
        this.protocols = protocols;
    }

    /// Takes the token at the cursor; answers whether it is one. Does not move.
    public boolean token(Bytes in, long now) {
        GssToken token = in.remaining() == 0 ? null : GssToken.read(in);
        if (token == null) {
            return false;
        }
        if (token.spnego()) {
            protocols.accept("gssapi");
        }
        if (token.ntlm() != null) {
            ntlm(token.ntlm(), now);
        }
        if (token.kerberos() != null) {
            kerberos(token.kerberos(), now);
        }
        if (token.state() == GssToken.ACCEPTED) {
            decided(true, now);
        } else if (token.state() == GssToken.REJECTED) {
            decided(false, now);
        }
        return true;
    }

    private void ntlm(NtlmMessage message, long now) {
        protocols.accept("ntlm");
        if (message.type() == NtlmMessage.NEGOTIATE) {
            say(null, now);
        }
        ntlmBegan = ntlmBegan < 0 ? now : ntlmBegan;
        if (message.type() == NtlmMessage.CHALLENGE) {
            challenge = message;
        } else if (message.type() == NtlmMessage.AUTHENTICATE) {
            authenticate = message;
        }
    }

    private void kerberos(KerberosMessage message, long now) {
        protocols.accept("krb");
        switch (message.type()) {
            case KerberosMessage.AP_REQ -> {
                flush(now);
                ticket = message;
                ticketBegan = now;
            }
            case KerberosMessage.AP_REP, KerberosMessage.ERROR -> {
                boolean asked = ticket != null;
                events.accept(
                        KerberosPair.event(
                                asked ? ticketBegan : now, now, uid, id, TCP, ticket, message));
                ticket = null;
            }
            default -> {}
        }
    }

    /// The protocol around says how the logon ended.
    public void decided(boolean success, long now) {
        if (authenticate != null) {
            say(success, now);
        }
        flush(now);
    }

    private void say(@Nullable Boolean success, long now) {
        if (ntlmBegan < 0) {
            return;
        }
        NtlmMessage server = challenge;
        NtlmMessage client = authenticate;
        events.accept(
                new Ntlm(
                        ntlmBegan,
                        now,
                        uid,
                        id,
                        client == null ? null : client.user(),
                        client == null ? null : client.host(),
                        client == null ? null : client.domain(),
                        server == null ? null : server.netbiosName(),
                        server == null ? null : server.dnsName(),
                        server == null ? null : server.treeName(),
                        success));
        ntlmBegan = -1;
        challenge = null;
        authenticate = null;
    }

    private void flush(long now) {
        if (ticket != null) {
            events.accept(KerberosPair.event(ticketBegan, now, uid, id, TCP, ticket, null));
            ticket = null;
        }
    }

    /// The connection is over.
    public void close(long now) {
        say(null, now);
        flush(now);
    }
}
