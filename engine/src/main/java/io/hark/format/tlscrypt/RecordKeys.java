package io.hark.format.tlscrypt;

import io.hark.schema.Stored;

/// What opens the next record of one direction. A value: opening a record answers the one for the
/// record behind it.
///
/// @param key the cipher's key
/// @param macKey the MAC's key; empty where the cipher authenticates by itself
/// @param nonce the fixed part of the nonce; for CBC in TLS 1.0 the last block of the record before
/// @param running RC4's 256 octets and its two indexes; empty for other ciphers
/// @param sequence number of the next record
public record RecordKeys(byte[] key, byte[] macKey, byte[] nonce, byte[] running, long sequence)
        implements Stored {

    static RecordKeys of(CipherSuite.Bulk bulk, byte[] key, byte[] macKey, byte[] nonce) {
        return new RecordKeys(
                key,
                macKey,
                nonce,
                bulk == CipherSuite.Bulk.RC4 ? Rc4.schedule(key) : new byte[0],
                0);
    }

    /// The same for the record of that number: in DTLS the record's epoch and number.
    public RecordKeys at(long number) {
        return new RecordKeys(key, macKey, nonce, running, number);
    }

    RecordKeys next(byte[] nextNonce, byte[] nextRunning) {
        return new RecordKeys(key, macKey, nextNonce, nextRunning, sequence + 1);
    }
}
