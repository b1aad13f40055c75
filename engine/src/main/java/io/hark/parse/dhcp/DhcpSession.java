package io.hark.parse.dhcp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Dhcp;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the messages of each transaction of one connection into one [Dhcp] event.
///
/// A transaction is over when [#PATIENCE_NANOS] have gone by without a message of it, when
/// [#MAX_OPEN] others have begun, or with the connection. A broadcast carries the transactions of
/// all clients of a network.
///
/// *Thread*: the worker that owns the connection.
final class DhcpSession implements DatagramParser.Session {

    private static final long PATIENCE_NANOS = 30_000_000_000L; // Zeek's max_txid_watch_time
    private static final int MAX_OPEN = 64; // clients that start at once, as after a power cut
    private static final int MAX_TYPES = 32; // messages named of one transaction
    private static final long SECOND = 1_000_000_000L;

    private final Connection connection;
    private final List<Open> open = new ArrayList<>(1);

    DhcpSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        DhcpMessage message = DhcpMessage.read(payload);
        if (!payload.ok() && message.type == 0) {
            return;
        }
        connection.confirm();
        String type = message.typeName();
        if (type == null) {
            return; // BOOTP is recognised, but nothing is said of it
        }
        long now = connection.now();
        open.removeIf(one -> now - one.last > PATIENCE_NANOS && emitted(one));
        of(message.transaction, now).add(message, type, now);
    }

    private Open of(long transaction, long now) {
        for (Open one : open) {
            if (one.transaction == transaction) {
                return one;
            }
        }
        if (open.size() == MAX_OPEN) {
            emitted(open.removeFirst());
        }
        Open fresh = new Open(transaction, now);
        open.add(fresh);
        return fresh;
    }

    @Override
    public void close() {
        open.forEach(this::emitted);
        open.clear();
    }

    private boolean emitted(Open one) {
        connection.emit(one.event(connection));
        return true;
    }

    /// A transaction that may go on.
    private static final class Open {
        private final long transaction;
        private final long first;
        private final List<String> types = new ArrayList<>(4);
        private long last;
        private @Nullable Addr client;
        private @Nullable Addr server;
        private @Nullable String mac;
        private @Nullable String hostName;
        private @Nullable String fqdn;
        private @Nullable String domain;
        private @Nullable Addr requested;
        private @Nullable Addr assigned;
        private @Nullable Long lease;
        private @Nullable String clientText;
        private @Nullable String serverText;
        private @Nullable String circuit;
        private @Nullable String remote;
        private @Nullable String subscriber;
        private @Nullable String software;

        private Open(long transaction, long first) {
            this.transaction = transaction;
            this.first = first;
        }

        private void add(DhcpMessage m, String type, long now) {
            last = now;
            if (types.size() < MAX_TYPES) {
                types.add(type);
            }
            circuit = last(m.circuit, circuit);
            remote = last(m.remote, remote);
            subscriber = last(m.subscriber, subscriber);
            if (m.reply) {
                reply(m);
            } else {
                request(m);
            }
        }

        private void request(DhcpMessage m) {
            client = client == null ? m.client : client;
            mac = last(m.clientHardware, mac == null ? m.hardware : mac);
            hostName = last(m.hostName, hostName);
            fqdn = last(m.fqdn, fqdn);
            requested = last(m.requested, requested);
            clientText = last(m.text, clientText);
            software = last(m.vendorClass, software);
        }

        private void reply(DhcpMessage m) {
            if (m.yours != null) {
                client = client == null ? m.yours : client;
                assigned = m.yours;
                server = last(m.server, server);
            }
            mac = mac == null ? m.hardware : mac;
            domain = last(m.domain, domain);
            lease = last(m.leaseSeconds, lease);
            serverText = last(m.text, serverText);
        }

        private static <T> @Nullable T last(@Nullable T now, @Nullable T before) {
            return now == null ? before : now;
        }

        private Dhcp event(Connection of) {
            return new Dhcp(
                    first,
                    of.now(),
                    List.of(of.uid()),
                    transaction,
                    client,
                    server,
                    mac,
                    hostName,
                    fqdn,
                    domain,
                    requested,
                    assigned,
                    lease == null ? null : Long.valueOf(lease * SECOND),
                    clientText,
                    serverText,
                    List.copyOf(types),
                    last - first,
                    circuit,
                    remote,
                    subscriber,
                    software);
        }
    }
}
