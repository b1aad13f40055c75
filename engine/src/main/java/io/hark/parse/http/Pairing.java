package io.hark.parse.http;

import io.hark.Connection;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The transactions of one connection that are not yet over, in the order of their requests.
///
/// *Thread*: one owner, the worker. *Errors*: `HTTP_excessive_pipelining`.
final class Pairing {

    /// The most requests that wait for an answer: as many as Zeek keeps; browsers pipeline a
    /// handful.
    private static final int MAX_PENDING = 100;

    private final Connection connection;
    private final ArrayDeque<Transaction> pending = new ArrayDeque<>(2);
    private int depth;

    Pairing(Connection connection) {
        this.connection = connection;
    }

    /// Begins a transaction now.
    Transaction add() {
        Transaction transaction = new Transaction(++depth, connection.now());
        pending.add(transaction);
        if (pending.size() > MAX_PENDING) {
            connection.anomaly("HTTP_excessive_pipelining", null);
            write(pending.remove());
        }
        return transaction;
    }

    /// The first transaction that waits for its answer.
    @Nullable Transaction unanswered() {
        for (Transaction transaction : pending) {
            if (!transaction.answered) {
                return transaction;
            }
        }
        return null;
    }

    /// Whether what the originator sends next may be the inside of a tunnel.
    boolean isConnecting() {
        Transaction last = pending.peekLast();
        return last != null && last.requestDone && !last.answered && "CONNECT".equals(last.method);
    }

    /// Writes a transaction down if both its sides are over.
    void settle(Transaction transaction) {
        if (transaction.requestDone && transaction.answerDone && pending.remove(transaction)) {
            write(transaction);
        }
    }

    /// Behind a gap in the answers nobody knows whose answer comes next; requests are rarely sent
    /// ahead, so it is the last one's.
    void forgetAllButLast() {
        while (pending.size() > 1) {
            write(pending.remove());
        }
    }

    /// Writes down whatever waits.
    void close() {
        while (!pending.isEmpty()) {
            write(pending.remove());
        }
    }

    private void write(Transaction transaction) {
        connection.emit(transaction.event(connection));
        if (transaction.wanted) {
            connection.offer(transaction.exchange(connection));
        }
    }
}
