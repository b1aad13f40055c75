"""TCP connections made by hand: segments with whole checksums, as pcap with microseconds. For scripts that build synthetic samples."""
import struct

CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 20])
CLIENT_MAC, SERVER_MAC = bytes.fromhex("02000000010a"), bytes.fromhex("020000000214")
START = 1_790_000_000
FIN, SYN, PSH, ACK = 1, 2, 8, 16
SEGMENT = 1400


def checksum(data):
    data += b"\0" * (len(data) & 1)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(outbound, ports, seq, ack, flags, payload=b""):
    src, dst = (CLIENT, SERVER) if outbound else (SERVER, CLIENT)
    sport, dport = ports if outbound else ports[::-1]
    tcp = struct.pack(">HHIIBBHHH", sport, dport, seq, ack, 5 << 4, flags, 64240, 0, 0) + payload
    pseudo = src + dst + struct.pack(">BBH", 0, 6, len(tcp))
    tcp = tcp[:16] + struct.pack(">H", checksum(pseudo + tcp)) + tcp[18:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + src + dst
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    macs = SERVER_MAC + CLIENT_MAC if outbound else CLIENT_MAC + SERVER_MAC
    return macs + b"\x08\x00" + ip + tcp


def connection(ports, lines, begin=0.0):
    """A whole connection: yields (seconds, frame). A line is (seconds since the line before, outbound, payload)."""
    seq = {True: 1000, False: 5000}
    now = begin
    yield now, frame(True, ports, seq[True], 0, SYN)
    yield now + 0.010, frame(False, ports, seq[False], seq[True] + 1, SYN | ACK)
    seq = {True: 1001, False: 5001}
    yield now + 0.011, frame(True, ports, seq[True], seq[False], ACK)
    now += 0.011
    for pause, outbound, payload in lines:
        now += pause
        for at in range(0, len(payload), SEGMENT):
            part = payload[at : at + SEGMENT]
            yield now, frame(outbound, ports, seq[outbound], seq[not outbound], PSH | ACK, part)
            seq[outbound] += len(part)
        yield now + 0.010, frame(not outbound, ports, seq[not outbound], seq[outbound], ACK)
        now += 0.010
    yield now + 0.1, frame(True, ports, seq[True], seq[False], FIN | ACK)
    yield now + 0.11, frame(False, ports, seq[False], seq[True] + 1, FIN | ACK)
    yield now + 0.111, frame(True, ports, seq[True] + 1, seq[False] + 1, ACK)


def write(file, frames):
    with open(file, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for seconds, octets in sorted(frames, key=lambda one: one[0]):
            micros = round(seconds * 1_000_000)
            out.write(struct.pack("<IIII", START + micros // 1_000_000, micros % 1_000_000, len(octets), len(octets)) + octets)
