package io.hark.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MimeTest {

    private static @Nullable String type(String latin1) {
        return Mime.of(Bytes.of(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("\u0089PNG\r\n\u001a\n", "image/png");
        table.put("GIF89a....", "image/gif");
        table.put("\u00ff\u00d8\u00ff\u00e0", "image/jpeg");
        table.put("BM\0\0\0\0\0\0\0\0\0\0\0\0(\0\0\0", "image/x-ms-bmp");
        table.put("RIFF....WEBPVP8 ", "image/webp");
        table.put("MZ\u0090\0", "application/x-dosexec");
        table.put("\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0", "application/x-executable");
        table.put("\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0", "application/x-sharedlib");
        table.put("PK\3\4\n\0\0\0\0\0" + "\0".repeat(16) + "\5\0\0\0a.txt", "application/zip");
        table.put("\u001f\u008b\u0008\0", "application/x-gzip");
        table.put("%PDF-1.7\n", "application/pdf");
        table.put("CWS\n", "application/x-shockwave-flash");
        table.put("#!/bin/sh\necho\n", "text/x-shellscript");
        table.put("#!/usr/bin/env python3\n", "text/x-python");
        table.put("<?xml version=\"1.0\"?><a/>", "application/xml");
        table.put("<?xml version=\"1.0\"?>\n<!-- c -->\n<html>", "text/html");
        table.put("\r\n <!DOCTYPE HTML PUBLIC>", "text/html");
        table.put("<HTML><BODY>", "text/html");
        table.put("<script type=\"text/javascript\">x", "application/javascript");
        table.put("(function() {", "application/javascript");
        table.put("{\"a\": 1}", "text/json");
        table.put("{}", "text/json");
        table.put("[1, 2]", "text/json");
        table.put("[{\"a\":1}]", "text/json");
        table.put("var a = 1; function f() {}", "text/plain");
        table.put("hello, world", "text/plain");
        table.put("<div>a page's part</div>", "text/plain");
        return table;
    }

    @Test
    void types_are_told_by_content() {
        table().forEach((octets, type) -> assertThat(type(octets)).as(octets).isEqualTo(type));
    }

    @Test
    void what_is_unknown_or_too_short_has_no_type() {
        assertThat(type("")).isNull();
        assertThat(type("test")).isNull();
        assertThat(type("\u0001\u0002\u0003\u0004 binary")).isNull();
        assertThat(type("\u00e2\u009a hello world")).isNull();
    }

    @Test
    void no_beginning_of_any_length_breaks_it() {
        Random random = new Random(7);
        for (String octets : table().keySet()) {
            for (int n = 0; n < octets.length(); n++) {
                type(octets.substring(0, n));
            }
            for (int i = 0; i < 200; i++) {
                byte[] damaged = octets.getBytes(StandardCharsets.ISO_8859_1);
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Mime.of(Bytes.of(damaged));
            }
        }
    }
}
