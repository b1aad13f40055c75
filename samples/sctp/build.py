"""Writes an SCTP association byte by byte, from RFC 9260: build.py CAPTURE.

192.0.2.10:40000 opens an association to 198.51.100.20:3868 and offers a second address; both send data on two streams, one with the
payload protocol of Diameter (46); somebody else sends an ABORT with a tag that it guessed; then it is shut down. A second association
is refused.
"""
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 20])
PORT = 3868


def crc32c(octets):
    crc = 0xFFFFFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def sums(header):
    total = sum(struct.unpack("!10H", header))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def chunk(kind, value=b"", flags=0):
    return struct.pack("!BBH", kind, flags, 4 + len(value)) + value + bytes(-len(value) % 4)


def init(kind, tag, streams, tsn, *addresses):
    offered = b"".join(struct.pack("!HH", 5, 8) + address for address in addresses)
    cookie = struct.pack("!HH", 7, 12) + b"a cookie" if kind == 2 else b""
    return chunk(kind, struct.pack("!IIHHI", tag, 65536, streams, streams, tsn) + offered + cookie)


def data(tsn, stream, sequence, protocol, text):
    return chunk(0, struct.pack("!IHHI", tsn, stream, sequence, protocol) + text, 3)


def sack(tsn):
    return chunk(3, struct.pack("!IIHH", tsn, 65536, 0, 0))


def frame(asks, port, tag, *chunks):
    ports = (port, PORT) if asks else (PORT, port)
    body = b"".join(chunks)
    head = struct.pack("!HHI", *ports, tag)
    sctp = head + struct.pack("<I", crc32c(head + bytes(4) + body)) + body
    src, dst = (CLIENT, SERVER) if asks else (SERVER, CLIENT)
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(sctp), frame.number, 0x4000, 64, 132, 0) + src + dst
    frame.number += 1
    ip = ip[:10] + struct.pack("!H", sums(ip)) + ip[12:]
    macs = bytes.fromhex("020000000214" "02000000010a" if asks else "02000000010a" "020000000214")
    return macs + b"\x08\x00" + ip + sctp


frame.number = 1
A, B = 0x0A0B0C0D, 0xF1F2F3F4
frames = [
    frame(True, 40000, 0, init(1, A, 8, 100, CLIENT, bytes([192, 0, 2, 11]))),
    frame(False, 40000, A, init(2, B, 4, 500)),
    frame(True, 40000, B, chunk(10, b"a cookie")),
    frame(False, 40000, A, chunk(11)),
    frame(True, 40000, B, data(100, 0, 0, 46, b"\x01\x00\x00\x14" + bytes(16)), data(101, 5, 0, 0, b"more")),
    frame(False, 40000, A, sack(101), data(500, 0, 0, 46, b"\x01\x00\x00\x18" + bytes(20))),
    frame(True, 40000, B, sack(500)),
    frame(True, 40000, 0x12345678, chunk(6, struct.pack("!HH", 12, 4))),
    frame(True, 40000, B, chunk(4, struct.pack("!HH", 1, 8) + b"beat")),
    frame(False, 40000, A, chunk(5, struct.pack("!HH", 1, 8) + b"beat")),
    frame(True, 40000, B, chunk(7, struct.pack("!I", 500))),
    frame(False, 40000, A, chunk(8)),
    frame(True, 40000, B, chunk(14)),
    frame(True, 40001, 0, init(1, 0x11111111, 8, 1)),
    frame(False, 40001, 0x11111111, chunk(6, struct.pack("!HH", 0, 4))),
]
with open(sys.argv[1], "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for n, one in enumerate(frames):
        out.write(struct.pack("<IIII", 1_700_000_000, 20_000 * n, len(one), len(one)) + one)
