package io.hark.parse.ftp;

/// Numbers in the lines that a server says.
final class FtpReply {

    private FtpReply() {}

    /// The code that a line begins with; 0 where there is none.
    static int code(String line) {
        if (line.length() < 3) {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            code = code * 10 + c - '0';
        }
        return code < 100 ? 0 : code;
    }

    /// The size in the reply to RETR: `… (154427 bytes).`; else the last number, which names may
    /// have, too; -1 if there is none.
    static long announced(String message) {
        int bytes = message.lastIndexOf(" bytes");
        return bytes < 0 ? -1 : lastNumber(message.substring(0, bytes));
    }

    /// The last number of a text; -1 if there is none.
    static long lastNumber(String text) {
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && text.charAt(start - 1) >= '0' && text.charAt(start - 1) <= '9') {
            start--;
        }
        return end == start || end - start > 18 ? -1 : Long.parseLong(text.substring(start, end));
    }
}
