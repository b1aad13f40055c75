package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mail on its way: the envelope, what its headers say, and the server's answer.
@Named(value = "smtp", about = "a mail handed to a server")
public record Smtp(
        @About(value = "time of the first command", unit = Unit.TIME) long ts,
        @About(value = "time of the last answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("number of the mail in its connection, from 1") int trans_depth,
        @About("name that the client gives itself") @Nullable String helo,
        @About("sender of the envelope") @Nullable String mailfrom,
        @About("recipients of the envelope") @Nullable List<String> rcptto,
        @About("value of the Date header") @Nullable String date,
        @About("value of the From header") @Nullable String from,
        @About("addresses of the To header") @Nullable List<String> to,
        @About("addresses of the Cc header") @Nullable List<String> cc,
        @About("value of the Reply-To header") @Nullable String reply_to,
        @About("value of the Message-ID header") @Nullable String msg_id,
        @About("value of the In-Reply-To header") @Nullable String in_reply_to,
        @About("value of the Subject header") @Nullable String subject,
        @About("address in the X-Originating-IP header") @Nullable Addr x_originating_ip,
        @About("the oldest Received header") @Nullable String first_received,
        @About("the one after it") @Nullable String second_received,
        @About("the server's last answer") @Nullable String last_reply,
        @About("hosts the mail came by, the nearest first") @Nullable List<Addr> path,
        @About("program that wrote it: User-Agent or X-Mailer") @Nullable String user_agent,
        @About("whether the connection went on with TLS") boolean tls,
        @About("ids of the mail's parts as files") @Nullable List<String> fuids,
        @About(value = "names of the files that hang on it", log = false)
                @Nullable List<String> attachments,
        @About(
                        value =
                                "whether the mail itself was sent to its end; absent before its first line",
                        log = false)
                @Nullable Boolean complete)
        implements OfConnection {}
