package io.hark.format.kerberos;

import io.hark.event.Endpoints;
import io.hark.event.Kerberos;
import org.jspecify.annotations.Nullable;

/// Makes events of requests and answers.
public final class KerberosPair {

    private KerberosPair() {}

    /// The event of `request` and `answer`, at least one of them there.
    ///
    /// @param ts time of the request, or of the answer by itself
    /// @param proto `tcp` or `udp`
    /// @param seen time of the answer, or when it was given up
    public static Kerberos event(
            long ts,
            long seen,
            String uid,
            Endpoints id,
            String proto,
            @Nullable KerberosMessage request,
            @Nullable KerberosMessage answer) {
        boolean refused = answer != null && answer.type == KerberosMessage.ERROR;
        KerberosMessage given = refused ? null : answer;
        KerberosMessage sealed = request != null && request.cipher >= 0 ? request : given;
        return new Kerberos(
                ts,
                seen,
                uid,
                id,
                proto,
                requestType(request, answer),
                first(request, answer),
                request == null || request.service == null
                        ? answer == null ? null : answer.service
                        : request.service,
                answer == null ? null : Boolean.valueOf(!refused),
                answer == null ? null : answer.errorText(),
                request == null ? null : request.from,
                request == null ? null : request.till,
                sealed == null ? null : sealed.cipher(),
                request == null ? null : request.forwardable(),
                request == null ? null : request.renewable(),
                request == null ? null : request.ticketHash,
                given == null ? null : given.ticketHash);
    }

    private static @Nullable String requestType(
            @Nullable KerberosMessage request, @Nullable KerberosMessage answer) {
        int type = request != null ? request.type : answer == null ? 0 : answer.type;
        return switch (type) {
            case KerberosMessage.AS_REQ, KerberosMessage.AS_REP -> "AS";
            case KerberosMessage.TGS_REQ, KerberosMessage.TGS_REP -> "TGS";
            case KerberosMessage.AP_REQ, KerberosMessage.AP_REP -> "AP";
            default -> null;
        };
    }

    /// The answer knows who asked for a ticket by a ticket.
    private static @Nullable String first(
            @Nullable KerberosMessage request, @Nullable KerberosMessage answer) {
        boolean named = request != null && (request.client != null || answer == null);
        String asked = request == null ? null : request.client();
        String said = answer == null || answer.client == null ? null : answer.client();
        return named || said == null ? asked == null ? said : asked : said;
    }
}
