package io.hark;

/// Something the operator did: says what, where and what to do next.
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// An error for a person.
    ///
    /// @param message what is wrong, where, and what to do about it
    public UserError(String message) {
        super(message);
    }

    /// An error for a person, with what caused it.
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
