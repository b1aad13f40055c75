package io.hark.format.gss;

import io.hark.bytes.Bytes;
import io.hark.format.asn1.Der;
import io.hark.format.kerberos.KerberosMessage;
import io.hark.format.ntlm.NtlmMessage;
import org.jspecify.annotations.Nullable;

/// One token of a logon, unwrapped.
///
/// ```
/// 60 length · 06 SPNEGO · a0 { [0] mechanisms, [1] flags, [2] token }         the first
/// a1 { [0] state, [1] mechanism, [2] token, [3] checksum }                    the others
/// 60 length · 06 Kerberos · 01 00 AP-REQ | 02 00 AP-REP | 03 00 KRB-ERROR
/// "NTLMSSP" …                                                                 by itself
/// ```
///
/// *Source*: RFC 4178 §4.2, RFC 2743 §3.1, RFC 4121 §4.1.
///
/// @param spnego whether it was wrapped in SPNEGO
/// @param state of the negotiation: 0 done, 1 goes on, 2 refused; -1 where it does not say
/// @param ntlm NTLM's message in it
/// @param kerberos Kerberos' message in it
public record GssToken(
        boolean spnego, int state, @Nullable NtlmMessage ntlm, @Nullable KerberosMessage kerberos) {

    /// The negotiation is over, and good.
    public static final int ACCEPTED = 0;

    /// The negotiation is over, and bad.
    public static final int REJECTED = 2;

    private static final String SPNEGO = "1.3.6.1.5.5.2";
    private static final int GSS = 0x60;
    private static final int INIT = 0xa0;
    private static final int RESPONSE = 0xa1;
    private static final int CONTEXT = 0xa0;
    private static final int KERBEROS_REQUEST = 0x6e;
    private static final int MAX_FIELDS = 8; // of a token; there are five kinds

    /// Reads the token at the cursor; null where it is none. Does not move.
    public static @Nullable GssToken read(Bytes in) {
        return read(in, true);
    }

    /// Only the outermost token may be SPNEGO's, or they could lie in one another without end.
    private static @Nullable GssToken read(Bytes in, boolean outermost) {
        int at = in.offset();
        if (NtlmMessage.isAt(in, at)) {
            return new GssToken(false, -1, NtlmMessage.read(in), null);
        }
        Der outer = Der.over(in);
        int tag = in.peek(at);
        if (tag == KERBEROS_REQUEST) {
            return new GssToken(false, -1, null, KerberosMessage.read(outer));
        }
        boolean negotiates = outermost && (tag == INIT || tag == RESPONSE);
        if (tag != GSS && !negotiates || !outer.next()) {
            return null;
        }
        if (tag != GSS) {
            return negotiated(outer);
        }
        Der wrapped = outer.inside();
        if (!wrapped.next(Der.OBJECT)) {
            return null;
        }
        if (wrapped.object().equals(SPNEGO)) {
            return outermost && wrapped.next() ? negotiated(wrapped) : null;
        }
        return kerberos(in, at + (int) Der.sizeAt(in, at) - outer.size(), wrapped);
    }

    /// Behind the mechanism's name, which is not in a sequence, come two octets and the message.
    private static @Nullable GssToken kerberos(Bytes in, int from, Der name) {
        Bytes rest = new Bytes().wrap(in);
        rest.skip(from - in.offset() + name.element().length + 2);
        return rest.ok()
                ? new GssToken(false, -1, null, KerberosMessage.read(Der.over(rest)))
                : null;
    }

    private static @Nullable GssToken negotiated(Der outer) {
        Der list = outer.inside();
        if (!list.next(Der.SEQUENCE)) {
            return null;
        }
        Der in = list.inside();
        int state = -1;
        NtlmMessage ntlm = null;
        KerberosMessage kerberos = null;
        for (int i = 0; i < MAX_FIELDS && in.next(); i++) {
            Der field = in.inside();
            if (in.tag() == CONTEXT && field.isNext(Der.ENUMERATED)) {
                field.next();
                state = field.octet(0);
            } else if (in.tag() == CONTEXT + 2 && field.next(Der.OCTET_STRING)) {
                GssToken read = read(Bytes.of(field.contents()), false);
                ntlm = read == null ? ntlm : read.ntlm;
                kerberos = read == null ? kerberos : read.kerberos;
            }
        }
        return new GssToken(true, state, ntlm, kerberos);
    }
}
