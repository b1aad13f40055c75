package io.hark.collect;

/// A sender: whom a listener hears.
///
/// @param receiver name of the listener
/// @param source an address, a file's path, what a client calls itself
record SourceName(String receiver, String source) {

    /// As events call their input.
    @Override
    public String toString() {
        return receiver + '/' + source;
    }
}
