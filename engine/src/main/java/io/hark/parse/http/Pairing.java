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
    private @Nullable Transaction first;
    private @Nullable ArrayDeque<Transaction> further; // made where requests are sent ahead
    private int depth;

    Pairing(Connection connection) {
        this.connection = connection;
    }

    /// Begins a transaction now.
    Transaction add() {
        Transaction transaction = new Transaction(++depth, connection.now());
        if (first == null) {
            first = transaction;
            return transaction;
        }
        if (further == null) {
            further = new ArrayDeque<>(2);
        }
        further.add(transaction);
        if (further.size() >= MAX_PENDING) {
            connection.anomaly("HTTP_excessive_pipelining", null);
            writeFirst();
        }
        return transaction;
    }

    /// Whether there was a transaction yet.
    boolean isBegun() {
        return depth > 0;
    }

    /// The first transaction that waits for its answer.
    @Nullable Transaction unanswered() {
        if (first == null || !first.answered) {
            return first;
        }
        if (further != null) {
            for (Transaction transaction : further) {
                if (!transaction.answered) {
                    return transaction;
                }
            }
        }
        return null;
    }

    /// Whether what the originator sends next may be the inside of a tunnel.
    boolean isConnecting() {
        Transaction last = further == null || further.isEmpty() ? first : further.peekLast();
        return last != null && last.requestDone && !last.answered && "CONNECT".equals(last.method);
    }

    /// Writes a transaction down if both its sides are over.
    void settle(Transaction transaction) {
        if (!transaction.requestDone || !transaction.answerDone) {
            return;
        }
        if (transaction == first) {
            writeFirst();
        } else if (further != null && further.remove(transaction)) {
            write(transaction);
        }
    }

    /// Behind a gap in the answers nobody knows whose answer comes next; requests are rarely sent
    /// ahead, so it is the last one's.
    void forgetAllButLast() {
        while (isSeveral()) {
            writeFirst();
        }
    }

    /// Writes down whatever waits.
    void close() {
        while (first != null) {
            writeFirst();
        }
    }

    private boolean isSeveral() {
        return further != null && !further.isEmpty();
    }

    private void writeFirst() {
        Transaction over = first;
        first = further == null ? null : further.poll();
        if (over != null) {
            write(over);
        }
    }

    private void write(Transaction transaction) {
        connection.emit(transaction.event(connection));
        if (transaction.wanted) {
            connection.offer(transaction.exchange(connection));
        }
    }
}
