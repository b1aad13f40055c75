package io.hark.format.kerberos;

import io.hark.bytes.Digests;
import io.hark.format.asn1.Der;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// One Kerberos message, as far as it is in the clear.
///
/// ```
/// [10] AS-REQ  [12] TGS-REQ   SEQUENCE { [1] 5, [2] type, [3] padata, [4] body }
/// [11] AS-REP  [13] TGS-REP   SEQUENCE { [0] 5, [1] type, [2] padata, [3] crealm, [4] cname, [5] ticket, [6] enc-part }
/// [14] AP-REQ                 SEQUENCE { [0] 5, [1] type, [2] options, [3] ticket, [4] authenticator }
/// [30] KRB-ERROR              SEQUENCE { [0] 5, [1] 30, …, [6] code, [7] crealm, [8] cname, [9] realm, [10] sname, [11] text, [12] data }
/// ```
///
/// *Source*: RFC 4120 §5.
public final class KerberosMessage {

    /// A first ticket is asked for.
    public static final int AS_REQ = 10;

    /// A first ticket is given.
    public static final int AS_REP = 11;

    /// A ticket for a service is asked for.
    public static final int TGS_REQ = 12;

    /// A ticket for a service is given.
    public static final int TGS_REP = 13;

    /// A ticket is shown to a service.
    public static final int AP_REQ = 14;

    /// The service proves itself, too.
    public static final int AP_REP = 15;

    /// No.
    public static final int ERROR = 30;

    /// The error that only says: prove who you are first.
    public static final int PREAUTH_REQUIRED = 25;

    private static final int APPLICATION = 0x60;
    private static final int CONTEXT = 0xa0;
    private static final int PA_TGS_REQ = 1;
    private static final int FORWARDABLE = 0x40;
    private static final int RENEWABLE = 0x80;
    private static final int MAX_PARTS = 16; // of a name; two or three are usual
    private static final int MAX_FIELDS = 32; // of a sequence
    private static final int MAX_TEXT = 256;

    /// Year to second; what follows is `Z`.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    int type;
    @Nullable String realm;
    @Nullable String client;
    @Nullable String service;
    @Nullable Long from;
    @Nullable Long till;
    int options = -1;
    int cipher = -1;
    int error = -1;
    @Nullable String errorText;
    @Nullable String ticketHash;

    private KerberosMessage() {}

    /// Reads a message; null where it is none of those that are known.
    public static @Nullable KerberosMessage read(Der at) {
        if (!at.next() || (at.tag() & 0xe0) != APPLICATION) {
            return null;
        }
        KerberosMessage message = new KerberosMessage();
        message.type = at.tag() & 0x1f;
        Der outer = at.inside();
        if (!outer.next(Der.SEQUENCE)) {
            return null;
        }
        Der in = outer.inside();
        switch (message.type) {
            case AS_REQ, TGS_REQ -> message.request(in);
            case AS_REP, TGS_REP -> message.reply(in);
            case AP_REQ -> message.shown(in);
            case ERROR -> message.refusal(in);
            case AP_REP -> {}
            default -> {
                return null;
            }
        }
        return message;
    }

    /// What it is: one of the constants.
    public int type() {
        return type;
    }

    /// Who asks, with the realm; null where the message does not say.
    public @Nullable String client() {
        return realm == null ? null : (client == null ? "" : client) + "/" + realm;
    }

    /// What for.
    public @Nullable String service() {
        return service;
    }

    /// Valid from as asked, nanoseconds.
    public @Nullable Long from() {
        return from;
    }

    /// Valid until as asked, nanoseconds.
    public @Nullable Long till() {
        return till;
    }

    /// Whether a ticket to forward is asked for; null where nothing is asked for.
    public @Nullable Boolean forwardable() {
        return options < 0 ? null : Boolean.valueOf((options >>> 24 & FORWARDABLE) != 0);
    }

    /// Whether a ticket to renew is asked for; null where nothing is asked for.
    public @Nullable Boolean renewable() {
        return options < 0 ? null : Boolean.valueOf((options >>> 16 & RENEWABLE) != 0);
    }

    /// How the ticket is encrypted.
    public @Nullable String cipher() {
        return cipher < 0 ? null : KerberosNames.cipher(cipher);
    }

    /// The error's code, or -1.
    public int error() {
        return error;
    }

    /// Why not: the server's words, or the name of the code.
    public @Nullable String errorText() {
        return error < 0 ? null : errorText == null ? KerberosNames.error(error) : errorText;
    }

    /// SHA-256 of the ticket's ciphertext: the same ticket has the same wherever it is used.
    public @Nullable String ticketHash() {
        return ticketHash;
    }

    // ---- requests

    private void request(Der in) {
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            if (in.tag() == CONTEXT + 3) {
                proofs(in.inside());
            } else if (in.tag() == CONTEXT + 4) {
                Der body = in.inside();
                if (body.next(Der.SEQUENCE)) {
                    body(body.inside());
                }
            }
        }
    }

    private void proofs(Der list) {
        if (!list.next(Der.SEQUENCE)) {
            return;
        }
        Der proofs = list.inside();
        for (int i = 0; i < MAX_FIELDS && proofs.next(Der.SEQUENCE); i++) {
            Der proof = proofs.inside();
            boolean ticket = proof.next(CONTEXT + 1) && number(proof.inside()) == PA_TGS_REQ;
            if (ticket && proof.next(CONTEXT + 2)) {
                Der value = proof.inside();
                Der shown = value.next(Der.OCTET_STRING) ? value.inside() : value;
                // nothing but a ticket, or requests could lie in one another without end
                KerberosMessage inner = shown.isNext(APPLICATION + AP_REQ) ? read(shown) : null;
                ticketHash = inner == null ? null : inner.ticketHash;
            }
        }
    }

    private void body(Der in) {
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der field = in.inside();
            switch (in.tag() - CONTEXT) {
                case 0 -> options = field.next(Der.BIT_STRING) ? bits(field) : options;
                case 1 -> client = name(field);
                case 2 -> realm = text(field);
                case 3 -> service = name(field);
                case 4 -> from = time(field);
                case 5 -> till = time(field);
                default -> {}
            }
        }
    }

    private static int bits(Der field) {
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            value = value << 8 | field.octet(i);
        }
        return value & Integer.MAX_VALUE; // the first bit is reserved
    }

    // ---- answers

    private void reply(Der in) {
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der field = in.inside();
            switch (in.tag() - CONTEXT) {
                case 3 -> realm = text(field);
                case 4 -> client = name(field);
                case 5 -> ticket(field);
                default -> {}
            }
        }
    }

    private void shown(Der in) {
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            if (in.tag() == CONTEXT + 3) {
                ticket(in.inside());
            }
        }
    }

    /// RFC 4120 §5.3: `[APPLICATION 1] { [0] 5, [1] realm, [2] sname, [3] { [0] etype, [1] kvno,
    /// [2] cipher } }`
    private void ticket(Der field) {
        if (!field.next(APPLICATION + 1)) {
            return;
        }
        Der outer = field.inside();
        Der in = outer.next(Der.SEQUENCE) ? outer.inside() : outer;
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der part = in.inside();
            switch (in.tag() - CONTEXT) {
                case 1 -> realm = realm == null ? text(part) : realm;
                case 2 -> service = name(part);
                case 3 -> sealed(part);
                default -> {}
            }
        }
    }

    private void sealed(Der field) {
        if (!field.next(Der.SEQUENCE)) {
            return;
        }
        Der in = field.inside();
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der part = in.inside();
            if (in.tag() == CONTEXT) {
                cipher = (int) Math.max(0, number(part));
            } else if (in.tag() == CONTEXT + 2 && part.next(Der.OCTET_STRING)) {
                ticketHash = Digests.sha256Hex(part.contents());
            }
        }
    }

    private void refusal(Der in) {
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der field = in.inside();
            switch (in.tag() - CONTEXT) {
                case 6 -> error = (int) Math.max(0, number(field));
                case 7 -> realm = text(field);
                case 8 -> client = name(field);
                case 9 -> realm = realm == null ? text(field) : realm;
                case 10 -> service = name(field);
                case 11 -> errorText = text(field);
                default -> {}
            }
        }
    }

    // ---- parts

    private static long number(Der field) {
        return field.next(Der.INTEGER) ? field.number() : -1;
    }

    private static @Nullable String text(Der field) {
        boolean there = field.next() && field.size() > 0;
        return there ? field.text(MAX_TEXT).replace("\0", "") : null;
    }

    /// `{ [0] type, [1] SEQUENCE OF text }`, its parts joined by slashes.
    private static @Nullable String name(Der field) {
        Der outer = field.next(Der.SEQUENCE) ? field.inside() : field;
        if (!outer.next(CONTEXT) || !outer.next(CONTEXT + 1)) {
            return null;
        }
        Der list = outer.inside();
        Der parts = list.next(Der.SEQUENCE) ? list.inside() : list;
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < MAX_PARTS && parts.next(); i++) {
            name.append(i == 0 ? "" : "/").append(parts.text(MAX_TEXT));
        }
        return name.toString();
    }

    private static @Nullable Long time(Der field) {
        if (!field.next(Der.GENERALIZED_TIME) || field.size() < 14) {
            return null;
        }
        try {
            String digits = field.text(14);
            long seconds = LocalDateTime.parse(digits, TIME).toEpochSecond(ZoneOffset.UTC);
            boolean fits = Math.abs(seconds) < Long.MAX_VALUE / 1_000_000_000L;
            return fits ? Long.valueOf(seconds * 1_000_000_000L) : null;
        } catch (DateTimeException e) {
            return null; // no time that there is
        }
    }
}
