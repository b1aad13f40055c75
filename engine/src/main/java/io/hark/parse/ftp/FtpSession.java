package io.hark.parse.ftp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Ftp;
import io.hark.event.FtpDetail;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One control connection, line by line. A command becomes an event when the next one comes, or at
/// the end: by then its last reply is here, and its file has gone by.
///
/// Replies belong to the oldest command without a last reply, so that commands sent ahead keep
/// theirs. The password is masked unless the user is anonymous; then it is an e-mail address. Where
/// `AUTH` was granted, what follows is looked at anew (RFC 4217: it is TLS).
///
/// *Source*: RFC 959 §4 (commands, replies and replies of several lines).
final class FtpSession implements StreamParser.Session {

    /// The most commands without a reply (as Zeek's `max_pending_commands`): clients send a handful
    /// ahead.
    static final int MAX_PENDING = 20;

    /// The longest command word (as Zeek's `FTP::max_command_length`); the standard has four
    /// letters at most.
    static final int MAX_COMMAND = 100;

    /// The longest line: beyond is no FTP, or cut where it is known to be FTP. Zeek shows 4096
    /// octets of an argument.
    static final int MAX_LINE = 16 << 10;

    static final int MAX_SHOWN = 4096;
    private static final int MAX_NAME = 128; // of user and password, as Zeek
    private static final String HIDDEN = "<hidden>";
    private static final Set<String> GUESTS = Set.of("anonymous", "ftp", "ftpuser", "guest");
    private static final int AUTH_GRANTED = 234;
    private static final int TELNET_COMMAND = 0xff; // RFC 854: two or three octets

    private final Connection connection;
    private final Deque<FtpCommand> pending = new ArrayDeque<>();
    private final boolean[] skipsLine = new boolean[2];
    private String user = "<unknown>";
    private @Nullable String password;
    private String directory = ".";
    private @Nullable FtpTransfer transfer;
    private String sizedPath = "";
    private long sizedBytes = -1;
    private int severalLines;
    private int commands;
    private boolean greeted;
    private boolean confirmed;
    private boolean toldTooLong;

    FtpSession(Connection connection) {
        this.connection = connection;
        if (!connection.isMidstream()) {
            pending.add(new FtpCommand(connection.began(), FtpCommand.GREETING, ""));
        }
    }

    @Override
    public int maxMessage() {
        return MAX_LINE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int end = head.indexOf('\n', 0);
        if (!confirmed) {
            return end < 0 ? MORE : Math.min(end + 1, MAX_LINE + 1);
        }
        return end < 0 ? head.length() < MAX_LINE ? MORE : MAX_LINE : Math.min(end + 1, MAX_LINE);
    }

    @Override
    public void message(Bytes whole, Side side) {
        boolean skipped = skipsLine[side.ordinal()];
        skipsLine[side.ordinal()] = whole.peek(whole.length() - 1) != '\n';
        if (skipped) {
            return; // what a gap left of a line, or what is too long in one
        }
        String line = line(whole);
        if (line.isEmpty()) {
            return;
        }
        if (side == Side.ORIGINATOR) {
            command(line, whole);
        } else {
            reply(line, whole);
        }
    }

    @Override
    public boolean gap(Side side, long bytes) {
        skipsLine[side.ordinal()] = true;
        return true;
    }

    @Override
    public void close() {
        for (FtpCommand command : pending) {
            emit(command);
        }
        pending.clear();
    }

    /// The line without its end and without telnet commands.
    private static String line(Bytes whole) {
        int from = 0;
        while (whole.peek(from) == TELNET_COMMAND) {
            from += whole.peek(from + 1) >= 0xfb ? 3 : 2;
        }
        return whole.ascii(from, whole.length()).stripTrailing();
    }

    // ---- the client

    private void command(String line, Bytes whole) {
        String stripped = line.stripLeading();
        int end = 0;
        while (end < stripped.length() && stripped.charAt(end) > ' ') {
            end++;
        }
        String word = stripped.substring(0, end);
        if (word.length() < 3 || !word.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            if (confirmed) {
                connection.anomaly("FTP_invalid_command", null);
            } else {
                whole.fail("not a command");
            }
            return;
        }
        String name = word.toUpperCase(Locale.ROOT);
        if (!confirmed && (name.equals("EHLO") || name.equals("HELO"))) {
            whole.fail("mail");
            return;
        }
        certain(FtpControl.CERTAIN.contains(name) || greeted && FtpControl.LIKELY.contains(name));
        if (word.length() > MAX_COMMAND) {
            if (!toldTooLong) {
                connection.anomaly(
                        "FTP_max_command_length_exceeded", Integer.toString(word.length()));
            }
            toldTooLong = true;
            name = ""; // keeps its place among the replies
        }
        flushAnswered();
        if (pending.size() >= MAX_PENDING) {
            connection.anomaly("FTP_too_many_pending_commands", Integer.toString(pending.size()));
            return;
        }
        String argument =
                shown(stripped.substring(end).stripLeading(), MAX_SHOWN, "FTP_arg_too_long");
        FtpCommand command = new FtpCommand(connection.now(), name, argument);
        pending.add(command);
        begin(command);
    }

    private void begin(FtpCommand command) {
        switch (command.name) {
            case "USER" -> user = shown(command.argument, MAX_NAME, "FTP_user_too_long");
            case "PASS" -> password = shown(command.argument, MAX_NAME, "FTP_password_too_long");
            case "PORT" -> active(command, FtpAddress.ofNumbers(command.argument));
            case "EPRT" -> active(command, FtpAddress.ofExtended(command.argument));
            default -> {
                if (command.isTransfer()) {
                    command.transfer = transfer;
                    transfer = null;
                    if (command.transfer != null) {
                        command.transfer.command = command.name;
                    }
                }
                if (command.isOfFile() && command.transfer != null) {
                    command.transfer.filename = FtpPath.last(command.argument);
                }
            }
        }
    }

    private void active(FtpCommand command, @Nullable FtpAddress address) {
        if (address != null && address.host() != null) {
            command.channel(false, connection.id().resp_h(), address.host(), address.port());
            expect(address.host(), address.port(), connection.id().orig_h());
        }
    }

    // ---- the server

    private void reply(String line, Bytes whole) {
        int code = FtpReply.code(line);
        boolean last = line.length() == 3 || line.length() > 3 && line.charAt(3) == ' ';
        if (severalLines != 0) {
            // Some servers end with another code; a line that looks like a whole reply is taken for
            // one.
            boolean ends = last && (code == severalLines || code != 0 && line.length() >= 14);
            if (!ends) {
                return;
            }
            severalLines = 0;
        } else if (code == 0) {
            if (!greeted && !confirmed) {
                whole.fail("not a reply");
            }
            return;
        } else if (!last) {
            severalLines = line.charAt(3) == '-' ? code : 0;
            greeted |= code == 220;
            return;
        }
        certain(greeted && (code == 230 || code == 331 || code == 227 || code == 229));
        greeted |= code == 220 || code == 120;
        while (pending.size() > 1 && pending.getFirst().isAnswered()) {
            emit(pending.removeFirst());
        }
        FtpCommand command = pending.peekFirst();
        if (command != null) {
            command.code = code;
            command.message = shown(line.substring(3).strip(), MAX_SHOWN, "FTP_reply_msg_too_long");
            command.replied(line.substring(0, 3), command.message);
            answered(command);
        }
    }

    private void answered(FtpCommand command) {
        switch (command.name) {
            case "PASV" -> {
                if (command.code == 227) {
                    passive(command, FtpAddress.ofNumbers(command.message));
                }
            }
            case "EPSV" -> {
                if (command.code == 229) {
                    passive(command, FtpAddress.ofExtendedReply(command.message));
                }
            }
            case "SIZE" -> {
                if (command.code == 213) {
                    sizedPath = FtpPath.resolve(directory, command.argument);
                    sizedBytes = FtpReply.lastNumber(command.message);
                }
            }
            case "RETR" -> {
                if (command.code == 125 || command.code == 150) {
                    sized(command);
                }
            }
            case "CWD" -> {
                if (command.code == 250) {
                    directory = FtpPath.resolve(directory, command.argument);
                }
            }
            case "CDUP" -> {
                if (command.code == 200 || command.code == 250) {
                    directory = FtpPath.resolve(directory, "..");
                }
            }
            case "PWD", "XPWD" -> {
                String path = command.code == 257 ? FtpPath.quoted(command.message) : "";
                directory = path.isEmpty() ? directory : path;
            }
            case "AUTH" -> {
                if (command.code == AUTH_GRANTED) {
                    connection.inner();
                }
            }
            default -> {}
        }
    }

    private void sized(FtpCommand command) {
        long size = FtpReply.announced(command.message);
        if (size < 0 && FtpPath.resolve(directory, command.argument).equals(sizedPath)) {
            size = sizedBytes;
        }
        if (size >= 0) {
            command.fileSize = size;
            if (command.transfer != null) {
                command.transfer.size = size;
            }
        }
    }

    private void passive(FtpCommand command, @Nullable FtpAddress address) {
        if (address == null) {
            return;
        }
        Addr server = connection.id().resp_h();
        Addr host = address.host() == null ? server : address.host();
        command.channel(true, connection.id().orig_h(), host, address.port());
        expect(host, address.port(), server);
        if (!host.equals(
                server)) { // a server behind address translation names what the client does not see
            connection.expect(server, address.port(), FtpData.NAME, transfer);
        }
    }

    /// Announces a data connection to `host`. Only one between this connection's own hosts is given
    /// what it may tell back to.
    private void expect(Addr host, int port, Addr usual) {
        transfer = new FtpTransfer();
        connection.expect(host, port, FtpData.NAME, host.equals(usual) ? transfer : null);
    }

    // ---- what comes of it

    private void certain(boolean sure) {
        if (sure && !confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    private void flushAnswered() {
        while (!pending.isEmpty() && pending.getFirst().isAnswered()) {
            emit(pending.removeFirst());
        }
    }

    private String shown(String text, int most, String anomaly) {
        if (text.length() <= most) {
            return text;
        }
        connection.anomaly(anomaly, Integer.toString(text.length()));
        return text.substring(0, most);
    }

    private boolean isGuest() {
        return GUESTS.contains(user.toLowerCase(Locale.ROOT));
    }

    private void emit(FtpCommand command) {
        if (connection.isWanted(FtpDetail.class)) {
            boolean hidden = command.isSecret() && !isGuest();
            connection.emit(command.detail(connection, commands++, hidden ? HIDDEN : null));
        }
        if (!command.isShown()) {
            return;
        }
        boolean guest = isGuest();
        String argument =
                command.isOfFile()
                        ? FtpPath.url(
                                connection.id().resp_h(),
                                FtpPath.resolve(directory, command.argument))
                        : command.argument;
        Body body = command.transfer == null ? null : command.transfer.body;
        connection.emit(
                new Ftp(
                        command.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        user,
                        password == null || guest ? password : HIDDEN,
                        command.name,
                        argument.isEmpty() ? null : argument,
                        body == null ? null : body.mimeType(),
                        command.fileSize,
                        command.code == 0 ? null : command.code,
                        command.code == 0 ? null : command.message,
                        command.passive,
                        command.dataOrigin,
                        command.dataHost,
                        command.dataPort,
                        body == null ? null : body.fuid()));
    }
}
