"""A capture of HTTP exchanges, built octet by octet: always the same octets for the same exchanges. For build.py of samples.

    web = Web()
    web.exchange("192.0.2.10", "198.51.100.20", 80, request("GET", "/", "a.test", Cookie="a=b"), response(b"hello"))
    web.write(path)

Every exchange is a connection of its own, a minute after the last, unless `after` says how many seconds.
"""
import struct

START = 1_700_000_000.0
MSS = 1400


def request(method, uri, host, body=b"", **headers):
    lines = [f"{method} {uri} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def response(body=b"", status="200 OK", **headers):
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def address(text):
    return bytes(int(part) for part in text.split("."))


def checksum(octets):
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Web:
    def __init__(self):
        self.frames = []
        self.clock = START
        self.port = 50000
        self.ident = 0

    def exchange(self, client, server, port, asked, answered, after=60.0):
        self.clock += after
        self.port += 1
        ends = [(client, self.port, server, port), (server, port, client, self.port)]
        seq = [1000, 5000]

        def send(side, flags, data=b""):
            src, sport, dst, dport = ends[side]
            ack = seq[1 - side] if flags & 0x10 else 0
            tcp = struct.pack("!HHIIBBHHH", sport, dport, seq[side], ack, 0x50, flags, 64240, 0, 0) + data
            pseudo = address(src) + address(dst) + struct.pack("!BBH", 0, 6, len(tcp))
            tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
            self.ident = (self.ident + 1) & 0xFFFF
            ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), self.ident, 0x4000, 64, 6, 0) + address(src) + address(dst)
            ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
            ether = b"\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\x00"
            self.frames.append((self.clock, ether + ip + tcp))
            self.clock += 0.01
            seq[side] += len(data) + (1 if flags & 3 else 0)

        send(0, 0x02)
        send(1, 0x12)
        send(0, 0x10)
        for side, data in ((0, asked), (1, answered)):
            for at in range(0, len(data), MSS):
                send(side, 0x18, data[at : at + MSS])
            send(1 - side, 0x10)
        send(0, 0x11)
        send(1, 0x11)
        send(0, 0x10)

    def write(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
            for ts, frame in self.frames:
                micros = round(ts * 1e6)
                out.write(struct.pack("<IIII", micros // 1_000_000, micros % 1_000_000, len(frame), len(frame)))
                out.write(frame)
