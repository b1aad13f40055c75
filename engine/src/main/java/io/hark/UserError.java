package io.hark;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Something the operator did: says what, where and what to do next.
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// An error for a person.
    ///
    /// @param message what is wrong, where, and what to do about it
    public UserError(String message) {
        super(message);
    }

    /// A file that cannot be read, and why: what Java has to say of it is often its name alone.
    public static UserError unreadable(Path file, IOException cause) {
        String why =
                switch (cause) {
                    case NoSuchFileException _ -> "there is no such file";
                    case AccessDeniedException _ ->
                            "permission denied; read it as a user who may, or have it copied";
                    case EOFException _ -> "it breaks off";
                    default -> String.valueOf(cause.getMessage());
                };
        return new UserError("cannot read " + file + ": " + why, cause);
    }

    /// An error for a person, with what caused it.
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
