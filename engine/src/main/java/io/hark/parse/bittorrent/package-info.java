/// BitTorrent: recognised between peers and in its DHT.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.bittorrent.BitTorrentPeers].
@NullMarked
package io.hark.parse.bittorrent;

import org.jspecify.annotations.NullMarked;
