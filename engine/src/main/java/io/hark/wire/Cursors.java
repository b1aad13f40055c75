package io.hark.wire;

import io.hark.bytes.Bytes;

/// The cursors that a stream is read with: one pair a worker, and one for each reader of what runs
/// inside of a connection, which is read while the outer one is at work.
///
/// *Lifetime*: what they show is overwritten by the next message. *Thread*: one owner, the worker.
final class Cursors {

    /// Over what a message may begin with.
    final Bytes head = new Bytes();

    /// Over a whole message.
    final Bytes message = new Bytes();
}
