package io.hark.parse.ftp;

import io.hark.schema.Addr;
import java.util.ArrayDeque;
import java.util.Deque;

/// Paths on the server, as far as commands and replies tell.
final class FtpPath {

    /// The most parts of a path: it comes from one line, and lines are short.
    private static final int MAX_PARTS = 512;

    private FtpPath() {}

    /// What `name` is, seen from `directory`.
    ///
    /// For example, `../a` from `/pub/x` is `/pub/a`; `a` from `.`, where the directory is not
    /// known, is `./a`.
    static String resolve(String directory, String name) {
        String whole = isAbsolute(name) ? name : directory + "/" + name;
        Deque<String> parts = new ArrayDeque<>();
        boolean rooted = whole.startsWith("/");
        for (String part : whole.split("/", MAX_PARTS)) {
            if (part.equals("..")
                    && !parts.isEmpty()
                    && !parts.getLast().equals("..")
                    && !parts.getLast().equals(".")) {
                parts.removeLast();
            } else if (part.equals("..") && !rooted
                    || part.equals(".") && parts.isEmpty() && !rooted) {
                parts.addLast(part);
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return (rooted ? "/" : "") + String.join("/", parts);
    }

    /// The URL of a path at a server: `ftp://[2001:db8::1]/pub/a`.
    static String url(Addr server, String path) {
        String host = server.isV4() ? server.toString() : "[" + server + "]";
        return "ftp://" + host + (path.startsWith("/") ? path : "/" + path);
    }

    /// The path in the reply to PWD: what stands in quotes, in which two quotes are one (RFC 959
    /// appendix II); empty if there is none.
    static String quoted(String message) {
        int open = message.indexOf('"');
        StringBuilder path = new StringBuilder();
        for (int i = open + 1; open >= 0 && i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '"') {
                if (i + 1 >= message.length() || message.charAt(i + 1) != '"') {
                    return path.toString();
                }
                i++;
            }
            path.append(c);
        }
        return "";
    }

    /// The last part of a path.
    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isAbsolute(String name) {
        return name.startsWith("/")
                || name.length() > 2
                        && Character.isLetter(name.charAt(0))
                        && name.charAt(1) == ':'
                        && (name.charAt(2) == '/' || name.charAt(2) == '\\');
    }
}
