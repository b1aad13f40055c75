package io.hark.decode.shell;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.List;

/// Where the reading of one shell stands.
///
/// *Shape*: bounded by [ShellReader#MAX_HELD], [ShellReader#MAX_LINE] and [ShellReader#MAX_OUTPUT].
///
/// @param uid the connection it comes by
/// @param id its endpoints
/// @param secret name of the secret that opened it; empty in the clear
/// @param roles who is who
/// @param flavour which shell; empty before it is known
/// @param why what told the shell from other text; empty once it was said
/// @param held runs of bytes seen before the roles were known
/// @param line what the operator has typed since the last end of line
/// @param lineTs when that began
/// @param output what the implant has said since the operator's last line
/// @param outputTs when that began
/// @param outputLast when its last octet came
/// @param prompt the last prompt seen
/// @param command the operator's last line
/// @param shown octets shown so far of a stream whose roles stay unknown
/// @param wake when it asked to be woken; 0 for not
/// @param ended which sides are over: 1 the originator, 2 the responder
record ShellState(
        String uid,
        Endpoints id,
        String secret,
        Roles roles,
        String flavour,
        String why,
        List<Run> held,
        byte[] line,
        long lineTs,
        byte[] output,
        long outputTs,
        long outputLast,
        String prompt,
        String command,
        long shown,
        long wake,
        int ended)
        implements Stored {

    /// Who is who.
    enum Roles {
        /// Not enough was said.
        UNDECIDED,
        /// The implant opened the connection: a reverse shell.
        ORIGINATOR_IMPLANT,
        /// The operator opened it: a bind shell.
        RESPONDER_IMPLANT,
        /// It is no shell.
        NO_SHELL
    }

    /// Bytes of one side in one piece.
    ///
    /// @param ts when they were sent
    /// @param originator whether the originator sent them
    /// @param bytes the bytes
    record Run(long ts, boolean originator, byte[] bytes) implements Stored {}

    private static final Endpoints NOBODY = new Endpoints(Addr.v4(0), 0, Addr.v4(0), 0);

    /// Before anything was read, of nobody.
    static final ShellState EMPTY = start("", NOBODY, "");

    /// Before anything was read.
    static ShellState start(String uid, Endpoints id, String secret) {
        byte[] none = {};
        return new ShellState(
                uid,
                id,
                secret,
                Roles.UNDECIDED,
                "",
                "",
                List.of(),
                none,
                0,
                none,
                0,
                0,
                "",
                "",
                0,
                0,
                0);
    }
}
