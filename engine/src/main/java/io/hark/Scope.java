package io.hark;

import io.hark.event.Endpoints;
import io.hark.schema.Prefix;
import org.jspecify.annotations.Nullable;

/// Where a secret may be tried: a word list costs time on every conversation, and a key that
/// belongs to one server says nothing about another.
public sealed interface Scope {

    /// Everywhere.
    Scope ANY = new Any();

    /// Whether a secret of this scope may be tried on a conversation.
    ///
    /// @param id the connection it comes by
    /// @param conversation its name
    boolean admits(Endpoints id, String conversation);

    /// Everywhere.
    record Any() implements Scope {
        @Override
        public boolean admits(Endpoints id, String conversation) {
            return true;
        }
    }

    /// Everywhere too, for traffic does not tell its campaign.
    ///
    /// @param name for the reader
    record Campaign(String name) implements Scope {
        @Override
        public boolean admits(Endpoints id, String conversation) {
            return true;
        }
    }

    /// Where one end of the connection is in a network.
    record Host(Prefix network) implements Scope {
        @Override
        public boolean admits(Endpoints id, String conversation) {
            return network.holds(id.orig_h()) || network.holds(id.resp_h());
        }
    }

    /// Where the responder is in a network.
    ///
    /// @param port its port; 0 for any
    record Server(Prefix network, int port) implements Scope {

        /// Reads `address`, `network/bits`, and either with `:port`, IPv6 in brackets then; null if
        /// it is none.
        static @Nullable Server parse(String text) {
            int colon = text.lastIndexOf(':');
            boolean one = colon > 0 && text.indexOf(':') == colon;
            if (!one && !(colon > 0 && text.charAt(colon - 1) == ']')) {
                Prefix network = Prefix.parse(text);
                return network == null ? null : new Server(network, 0);
            }
            String address = text.substring(0, colon);
            Prefix network =
                    Prefix.parse(one ? address : address.substring(1, address.length() - 1));
            String port = text.substring(colon + 1);
            return network == null || !port.matches("[0-9]{1,5}")
                    ? null
                    : new Server(network, Integer.parseInt(port));
        }

        @Override
        public boolean admits(Endpoints id, String conversation) {
            return network.holds(id.resp_h()) && (port == 0 || port == id.resp_p());
        }
    }

    /// Where the conversation has this name.
    record Conversation(String name) implements Scope {
        @Override
        public boolean admits(Endpoints id, String conversation) {
            return conversation.equals(name);
        }
    }
}
