"""Builds a capture of an hour of short HTTP visits between one client and one server: visits.py beacon|random FILE

`beacon`: every 60 s, each gap drawn evenly from 54 to 66 s. `random`: as many visits, exponential gaps (a Poisson process). Seeds are fixed, so
that the file is always the same.
"""
import random
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 20])
CLIENT_MAC, SERVER_MAC = bytes.fromhex("02000000010a"), bytes.fromhex("020000000214")
START, HOUR, PERIOD = 1_790_000_000, 3600, 60
FIN, SYN, PSH, ACK = 1, 2, 8, 16
REQUEST = b"GET /news HTTP/1.1\r\nHost: news.test\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def checksum(data):
    data += b"\0" * (len(data) & 1)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(outbound, port, seq, ack, flags, payload=b""):
    src, dst = (CLIENT, SERVER) if outbound else (SERVER, CLIENT)
    sport, dport = (port, 80) if outbound else (80, port)
    tcp = struct.pack(">HHIIBBHHH", sport, dport, seq, ack, 5 << 4, flags, 64240, 0, 0) + payload
    pseudo = src + dst + struct.pack(">BBH", 0, 6, len(tcp))
    tcp = tcp[:16] + struct.pack(">H", checksum(pseudo + tcp)) + tcp[18:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + src + dst
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    macs = SERVER_MAC + CLIENT_MAC if outbound else CLIENT_MAC + SERVER_MAC
    return macs + b"\x08\x00" + ip + tcp


def visit(port):
    a, b = 1000, 5000
    asked, told = len(REQUEST), len(ANSWER)
    yield 0, frame(True, port, a, 0, SYN)
    yield 10, frame(False, port, b, a + 1, SYN | ACK)
    yield 20, frame(True, port, a + 1, b + 1, PSH | ACK, REQUEST)
    yield 35, frame(False, port, b + 1, a + 1 + asked, PSH | ACK | FIN, ANSWER)
    yield 45, frame(True, port, a + 1 + asked, b + 2 + told, ACK | FIN)
    yield 55, frame(False, port, b + 2 + told, a + 2 + asked, ACK)


def times(kind):
    draw = random.Random(20)
    now, out = 0.0, []
    while True:
        now += draw.uniform(0.9 * PERIOD, 1.1 * PERIOD) if kind == "beacon" else draw.expovariate(1 / PERIOD)
        if now >= HOUR:
            return out
        out.append(now)


records = []
for i, when in enumerate(times(sys.argv[1])):
    for millis, octets in visit(40000 + i):
        records.append((int(when * 1_000_000) + millis * 1000, octets))
records.sort(key=lambda one: one[0])
with open(sys.argv[2], "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for micros, octets in records:
        out.write(struct.pack("<IIII", START + micros // 1_000_000, micros % 1_000_000, len(octets), len(octets)) + octets)
