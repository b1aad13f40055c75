package io.hark.parse.tls;

import io.hark.format.tlscrypt.Flight;
import io.hark.format.tlscrypt.KeySchedule;
import io.hark.format.tlscrypt.KeySchedule.Settled;
import io.hark.format.tlscrypt.RecordKeys;
import io.hark.format.tlscrypt.RecordProtection;
import io.hark.format.tlscrypt.RecordProtection.Opened;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What opens the protected records of one direction.
///
/// In TLS 1.3 keys follow one another: of early data, of the handshake, of the application. A
/// record that the keys at hand do not open is tried with those to come; not all of them are in
/// every key log.
///
/// *Thread*: the worker that owns the connection.
final class Protected {

    /// Records that may fail to open before a direction of TLS 1.3 is given up: a handshake's
    /// flight has a few, early data of which the log has no secret some more.
    private static final int MAX_MISSES = 64;

    private static final int KEY_UPDATE = 24;

    private final List<byte[]> ahead = new ArrayList<>(3); // traffic secrets of the keys to come
    private byte[] traffic = new byte[0];
    private @Nullable RecordKeys keys;
    private @Nullable Settled settled; // what the keys at hand are of
    private int misses;
    private boolean lost;

    /// A traffic secret of TLS 1.3 whose keys come behind those that were told before.
    void expect(byte[] secret) {
        ahead.add(secret);
    }

    /// The keys of TLS up to 1.2 from the next record on.
    void use(Settled agreed, RecordKeys fresh) {
        settled = agreed;
        keys = fresh;
    }

    /// The keys are to be replaced: a side changes its cipher.
    void change() {
        keys = null;
    }

    /// Whether keys are known that were not needed yet.
    boolean expectsSomething() {
        return !ahead.isEmpty();
    }

    boolean hasKeys() {
        return keys != null;
    }

    /// Whether it cannot be read any further: neither key streams nor sequence numbers can be
    /// followed over what is missing.
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
        keys = null;
        ahead.clear();
    }

    /// Opens the next record up to TLS 1.2; null, and the direction is lost, if it does not verify.
    @Nullable Opened open(int type, int version, byte[] content) {
        Opened opened = tried(settled, keys, type, version, content);
        if (opened == null) {
            lose();
        } else {
            keys = opened.next();
        }
        return opened;
    }

    /// Opens a record of TLS 1.3; null if no keys open it.
    @Nullable Opened open13(Settled agreed, int type, int version, byte[] content) {
        Opened opened = tried(settled, keys, type, version, content);
        for (int i = 0; opened == null && i < ahead.size(); i++) {
            byte[] secret = ahead.get(i);
            RecordKeys fresh = KeySchedule.keys13(agreed.suite(), secret);
            opened = tried(agreed, fresh, type, version, content);
            if (opened != null) {
                settled = agreed;
                traffic = secret;
                ahead.subList(0, i + 1).clear();
            }
        }
        if (opened == null) {
            if (++misses > MAX_MISSES) {
                lose();
            }
            return null;
        }
        keys = opened.next();
        if (opened.type() == Records.HANDSHAKE && updatesKeys(opened.octets())) {
            Settled own = settled == null ? agreed : settled;
            traffic = KeySchedule.next13(own.suite(), traffic);
            keys = KeySchedule.keys13(own.suite(), traffic);
        }
        return opened;
    }

    private static @Nullable Opened tried(
            @Nullable Settled agreed,
            @Nullable RecordKeys with,
            int type,
            int version,
            byte[] content) {
        return agreed == null || with == null
                ? null
                : RecordProtection.open(agreed, with, type, version, content);
    }

    private static boolean updatesKeys(byte[] handshake) {
        return Flight.whole(handshake).stream().anyMatch(message -> message[0] == KEY_UPDATE);
    }
}
