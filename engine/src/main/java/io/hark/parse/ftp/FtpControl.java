package io.hark.parse.ftp;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Locale;
import java.util.Set;

/// FTP control connections.
public final class FtpControl implements StreamParser {

    /// Commands that no other protocol of lines has in this place: one of them is enough.
    static final Set<String> CERTAIN =
            Set.of(
                    "PASV", "EPSV", "PORT", "EPRT", "SYST", "FEAT", "TYPE", "CWD", "PWD", "STOR",
                    "MLSD", "MDTM", "SIZE", "CLNT", "PBSZ", "PROT", "MODE");

    /// Commands that mail and chat have, too.
    static final Set<String> LIKELY =
            Set.of("USER", "AUTH", "OPTS", "HOST", "RETR", "LIST", "PASS", "NLST", "DELE", "REST");

    private static final Hints HINTS =
            Hints.ports(21, 2811).beginning("12345UuAaFfSsOoPpHhTtCcMmEeRrLlNnDd");
    private static final int LIKELY_VERDICT = 40; // less than a mail parser says of its own
    private static final int MAX_GREETING = 512; // octets of the first line that are waited for
    private static final int MAX_WORD = 5; // letters of a command and what ends it

    @Override
    public String name() {
        return "ftp";
    }

    @Override
    public String about() {
        return "FTP (RFC 959), with IPv6 (RFC 2428), AUTH TLS (RFC 4217) and SIZE (RFC 3659)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes head, Side side) {
        return side == Side.RESPONDER ? greeting(head) : command(head);
    }

    private static int greeting(Bytes head) {
        if (head.length() < 4) {
            return Verdict.MORE;
        }
        boolean reply =
                head.peek(0) >= '1' && head.peek(0) <= '5' && isDigit(head, 1) && isDigit(head, 2);
        if (!reply || head.peek(3) != ' ' && head.peek(3) != '-') {
            return Verdict.NO;
        }
        if (!head.looksAt(0, "220") && !head.looksAt(0, "120") && !head.looksAt(0, "421")) {
            return LIKELY_VERDICT; // from the middle: the commands will tell
        }
        int end = head.indexOf('\n', 0);
        if (end < 0 && head.length() < MAX_GREETING) {
            return Verdict.MORE;
        }
        String line = head.ascii(4, end < 0 ? MAX_GREETING : end).toLowerCase(Locale.ROOT);
        if (line.contains("ftp")) {
            return Verdict.YES;
        }
        return line.contains("smtp") || line.contains("mail") ? Verdict.NO : Verdict.MAYBE;
    }

    private static boolean isDigit(Bytes head, int at) {
        return head.peek(at) >= '0' && head.peek(at) <= '9';
    }

    private static int command(Bytes head) {
        int letters = 0;
        while (letters < MAX_WORD && Character.isLetter(Math.max(0, head.peek(letters)))) {
            letters++;
        }
        int behind = head.peek(letters);
        if (behind < 0 && letters < MAX_WORD) {
            return Verdict.MORE;
        }
        if (behind != ' ' && behind != '\r' && behind != '\n') {
            return Verdict.NO;
        }
        String word = head.ascii(0, letters).toUpperCase(Locale.ROOT);
        return CERTAIN.contains(word)
                ? Verdict.MAYBE
                : LIKELY.contains(word) ? LIKELY_VERDICT : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new FtpSession(connection);
    }
}
