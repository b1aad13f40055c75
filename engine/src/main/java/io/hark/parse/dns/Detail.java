package io.hark.parse.dns;

import io.hark.Connection;
import io.hark.event.DnsDetail;
import io.hark.event.DnsDetail.Section;
import io.hark.format.dns.DnsMessage;
import io.hark.format.dns.DnsMessage.Resource;
import java.util.ArrayList;
import java.util.List;

/// Tells a message with all its sections.
final class Detail {

    private Detail() {}

    static DnsDetail of(DnsMessage message, int number, Connection connection) {
        List<DnsDetail.Resource> records = new ArrayList<>();
        add(message.answers(), Section.ANSWER, records);
        add(message.authorities(), Section.AUTHORITY, records);
        add(message.additionals(), Section.ADDITIONAL, records);
        return new DnsDetail(
                connection.now(),
                connection.now(),
                connection.uid(),
                connection.id(),
                connection.proto(),
                number,
                message.id(),
                message.flags(),
                message.questions().stream()
                        .map(q -> new DnsDetail.Question(q.name().asWritten(), q.qtype()))
                        .toList(),
                List.copyOf(records));
    }

    private static void add(
            List<Resource> section, Section where, List<DnsDetail.Resource> records) {
        for (Resource one : section) {
            if (records.size() == DnsTransactions.MAX_ANSWERS) {
                return;
            }
            records.add(
                    new DnsDetail.Resource(
                            where, one.owner().asWritten(), one.type(), one.ttl(), one.data()));
        }
    }
}
