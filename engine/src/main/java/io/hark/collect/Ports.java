package io.hark.collect;

import io.hark.config.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where listeners are bound, and how peers are called.
final class Ports {

    private Ports() {}

    /// Where a listener is bound.
    static InetSocketAddress address(Listener listener) {
        return listener.address().isEmpty()
                ? new InetSocketAddress(listener.port())
                : new InetSocketAddress(listener.address(), listener.port());
    }

    /// An address as text, without the interface it was heard at.
    static String text(InetAddress peer) {
        String text = peer.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
