"""An association of a DNP3 master and an outstation, octet by octet from IEEE 1815: build.py CAPTURE"""
import struct
import sys

MASTER, OUTSTATION = (192, 0, 2, 10), (198, 51, 100, 20)


def crc(octets):
    value = 0
    for octet in octets:
        value ^= octet
        for _ in range(8):
            value = value >> 1 ^ 0xA6BC if value & 1 else value >> 1
    return struct.pack("<H", ~value & 0xFFFF)


def frame(from_master, user, function=4):
    """§9.2: of the primary station; 4 is unconfirmed user data."""
    target, source = (10, 1) if from_master else (1, 10)
    head = struct.pack("<BBBBHH", 5, 0x64, 5 + len(user), (0xC0 if from_master else 0x40) | function, target, source)
    blocks = [user[i:i + 16] for i in range(0, len(user), 16)]
    return head + crc(head) + b"".join(block + crc(block) for block in blocks)


def fragment(from_master, sequence, function, rest):
    """One transport segment (§8.2) with one application fragment (§4.2)."""
    return frame(from_master, bytes([0xC0 | sequence, 0xC0 | sequence, function]) + rest)


def checksum(octets):
    total = sum(struct.unpack(f">{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Wire:
    def __init__(self):
        self.packets, self.nanos, self.number = [], 1_700_000_000_000_000, 0
        self.next = {True: 1000, False: 5000}

    def send(self, from_master, payload=b"", flags=0x18):
        source, target = (MASTER, OUTSTATION) if from_master else (OUTSTATION, MASTER)
        ports = (40000, 20000) if from_master else (20000, 40000)
        ack = 0 if flags == 2 else self.next[not from_master]
        tcp = struct.pack(">HHIIBBHHH", *ports, self.next[from_master], ack, 0x50, flags, 8192, 0, 0) + payload
        pseudo = bytes(source) + bytes(target) + struct.pack(">BBH", 0, 6, len(tcp))
        tcp = tcp[:16] + struct.pack(">H", checksum(pseudo + tcp + b"\0" * (len(tcp) % 2))) + tcp[18:]
        self.number += 1
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), self.number, 0x4000, 64, 6, 0) + bytes(source) + bytes(target)
        ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
        ethernet = bytes.fromhex("0200000002140200000001 0a0800" if from_master else "02000000010a020000000214 0800")
        data = ethernet + ip + tcp
        self.packets.append(struct.pack("<IIII", self.nanos // 1_000_000, self.nanos % 1_000_000, len(data), len(data)) + data)
        self.nanos += 10_000
        self.next[from_master] += len(payload) + (flags & 3 != 0)

    def write(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1) + b"".join(self.packets))


wire = Wire()
wire.send(True, flags=2)
wire.send(False, flags=0x12)
wire.send(True, flags=0x10)
# READ of classes 1, 2, 3, 0; the answer says DEVICE_RESTART, and wants a CONFIRM
wire.send(True, fragment(True, 0, 1, bytes.fromhex("3c02063c03063c04063c0106")))
wire.send(False, fragment(False, 0, 0x81, bytes.fromhex("8000") + bytes.fromhex("1e02000000 01 0a00")))
wire.send(True, fragment(True, 0, 0, b""))
# REQUEST LINK STATUS has no application
wire.send(True, frame(True, b"", 9))
# SELECT, OPERATE a relay
relay = bytes.fromhex("0c01280100030041016400000064000000 00")
wire.send(True, fragment(True, 1, 3, relay))
wire.send(False, fragment(False, 1, 0x81, bytes(2) + relay))
wire.send(True, fragment(True, 2, 4, relay))
wire.send(False, fragment(False, 2, 0x81, bytes(2) + relay))
# a command that asks for no answer, then a restart
wire.send(True, fragment(True, 3, 6, relay))
wire.send(True, fragment(True, 4, 13, b""))
wire.send(False, fragment(False, 4, 0x81, bytes(2) + bytes.fromhex("340207 01 1027")))
# the outstation speaks by itself
wire.send(False, fragment(False, 5, 0x82, bytes.fromhex("0200")))
wire.send(True, flags=0x11)
wire.send(False, flags=0x11)
wire.send(True, flags=0x10)
wire.write(sys.argv[1])
