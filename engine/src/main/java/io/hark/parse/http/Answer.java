package io.hark.parse.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a transaction keeps of its answer, made when there is one: most of those that are open wait
/// for theirs.
///
/// *Thread*: one owner, the worker.
final class Answer {

    /// Of a transaction without one; nothing is ever written into it.
    static final Answer NONE = new Answer();

    @Nullable Integer statusCode;
    @Nullable String statusMessage;
    @Nullable Integer infoCode;
    @Nullable String infoMessage;
    @Nullable String location;
    @Nullable String server;
    @Nullable String contentRange;
    List<String> headers = List.of();
    @Nullable List<String> names;
    Transaction.@Nullable Entity content; // made when there is something to tell of it
}
