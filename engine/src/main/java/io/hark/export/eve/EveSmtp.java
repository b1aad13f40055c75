package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Smtp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mail: its envelope in `smtp`, its head in `email`.
public final class EveSmtp implements EveMapping<Smtp> {

    private static final Key TX_ID = new Key("tx_id");
    private static final Key SMTP = new Key("smtp");
    private static final Key HELO = new Key("helo");
    private static final Key MAIL_FROM = new Key("mail_from");
    private static final Key RCPT_TO = new Key("rcpt_to");
    private static final Key EMAIL = new Key("email");
    private static final Key STATUS = new Key("status");
    private static final Key FROM = new Key("from");
    private static final Key TO = new Key("to");
    private static final Key CC = new Key("cc");
    private static final Key SUBJECT = new Key("subject");
    private static final Key DATE = new Key("date");
    private static final Key ATTACHMENT = new Key("attachment");
    private static final Key MESSAGE_ID = new Key("message_id");

    /// The mapping.
    public EveSmtp() {}

    @Override
    public Class<Smtp> kind() {
        return Smtp.class;
    }

    @Override
    public void write(Smtp mail, EveLines out) {
        JsonWriter json = out.begin("smtp", mail.ts(), mail, EveLines.TCP, false);
        json.number(TX_ID, mail.trans_depth() - 1).object(SMTP);
        json.text(HELO, mail.helo()).text(MAIL_FROM, bracketed(mail.mailfrom()));
        List<String> recipients = mail.rcptto();
        if (recipients != null && !recipients.isEmpty()) {
            json.texts(RCPT_TO, recipients.stream().map(EveSmtp::inBrackets).toList());
        }
        json.end();
        if (mail.complete() != null) {
            json.object(EMAIL).text(STATUS, mail.complete() ? "PARSE_DONE" : "BODY_STARTED");
            json.text(FROM, mail.from()).texts(TO, mail.to()).texts(CC, mail.cc());
            json.text(SUBJECT, mail.subject()).text(DATE, mail.date());
            json.text(MESSAGE_ID, mail.msg_id());
            json.texts(ATTACHMENT, mail.attachments()).end();
        }
        out.end();
    }

    private static @Nullable String bracketed(@Nullable String address) {
        return address == null ? null : inBrackets(address);
    }

    private static String inBrackets(String address) {
        return address.startsWith("<") ? address : "<" + address + ">";
    }
}
