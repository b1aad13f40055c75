package io.hark.incident;

/// Why two findings are of one incident.
///
/// @param from id of the earlier finding
/// @param to id of the later one
/// @param reason what they share
/// @param what the address, name or connection that they share
public record Link(String from, String to, Reason reason, String what) {

    /// What two findings can share, the strongest first.
    public enum Reason {
        /// They rest on one connection.
        CONNECTION("rests on the same connection"),
        /// They are of the same two hosts.
        PAIR("is between the same two hosts"),
        /// One host did both.
        ACTOR("was done by the same host"),
        /// What was attacked acted afterwards.
        ONWARD("was done by a host attacked before"),
        /// Several hosts called one place outside.
        PLACE("went to the same place"),
        /// Several hosts called one name.
        NAME("went to the same name");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /// In words, behind "it": `was done by the same host`.
        public String words() {
            return words;
        }
    }
}
