"""Builds a capture whose texts try to break out of whatever shows them: hostile.py FILE

Twelve HTTP visits a minute apart, with a Host, a target, a User-Agent and the name of a download that hold markup, quotes, characters that turn the
direction of writing and control characters; a shell in the clear whose output holds the same; DNS names with spaces and markup. Always the same bytes.
"""
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 20])
CLIENT_MAC, SERVER_MAC = bytes.fromhex("02000000010a"), bytes.fromhex("020000000214")
START = 1_790_000_000
FIN, SYN, PSH, ACK = 1, 2, 8, 16
BREAK = "</style></script></title></bdi><h9>out</h9><img src=http://evil.test/i><script>document.documentElement.setAttribute('owned','1')</script>"
TURN = "\u202etxt.exe\u2066\u200b\u0007\u001b[31m"
HOST = "\"><h9 onclick=x>'&amp;.evil.test"


def checksum(data):
    data += b"\0" * (len(data) & 1)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(outbound, protocol, transport):
    src, dst = (CLIENT, SERVER) if outbound else (SERVER, CLIENT)
    at = 16 if protocol == 6 else 6
    pseudo = src + dst + struct.pack(">BBH", 0, protocol, len(transport))
    transport = transport[:at] + struct.pack(">H", checksum(pseudo + transport)) + transport[at + 2 :]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(transport), 0, 0x4000, 64, protocol, 0) + src + dst
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    macs = SERVER_MAC + CLIENT_MAC if outbound else CLIENT_MAC + SERVER_MAC
    return macs + b"\x08\x00" + ip + transport


def talk(port, service, lines):
    """A whole connection; lines are (outbound, payload)."""
    seq = {True: 1000, False: 5000}

    def segment(outbound, flags, payload=b""):
        sport, dport = (port, service) if outbound else (service, port)
        ack = seq[not outbound] if flags & ACK else 0
        tcp = struct.pack(">HHIIBBHHH", sport, dport, seq[outbound], ack, 5 << 4, flags, 64240, 0, 0) + payload
        seq[outbound] += len(payload) + (1 if flags & (SYN | FIN) else 0)
        return frame(outbound, 6, tcp)

    yield segment(True, SYN)
    yield segment(False, SYN | ACK)
    yield segment(True, ACK)
    for outbound, payload in lines:
        yield segment(outbound, PSH | ACK, payload)
        yield segment(not outbound, ACK)
    yield segment(True, FIN | ACK)
    yield segment(False, FIN | ACK)
    yield segment(True, ACK)


def visit():
    body = b"MZ" + bytes(62)
    request = (
        "GET /%s?q=<script>top.owned=1</script>%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s%s\r\n\r\n" % ("a" * 300, "%22%3E", HOST, BREAK, TURN)
    ).encode()
    answer = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
        "Content-Disposition: attachment; filename=\"<svg onload=alert(1)>%s.exe\"\r\nContent-Length: %d\r\n\r\n" % (TURN, len(body))
    ).encode() + body
    return [(True, request), (False, answer)]


def shell():
    said = [
        (False, b"id\n"),
        (True, b"uid=0(root) gid=0(root) groups=0(root)\n"),
        (False, b"uname -s\n"),
        (True, b"Linux\n"),
        (False, ("echo \"%s\"\n" % BREAK).encode()),
        (True, (BREAK + "\n" + TURN + "\n" + "e\u0301" + "\u0301" * 60 + "\n").encode()),
        (False, b"cat /etc/motd; echo password=hunter2\n"),
        (True, b"A" * 1400),
        (True, b"&lt;b&gt; &#60;h9&#62; ]]> --> <!-- " + b"B" * 1300 + b"\npassword=hunter2\n"),
        (False, b"exit\n"),
    ]
    return said


def lookup(n):
    labels = ["<h9>%d</h9>" % n, "a b\"c'd", "evil", "test"]
    name = b"".join(bytes([len(one)]) + one.encode() for one in labels) + b"\0"
    question = name + struct.pack(">HH", 1, 1)
    for outbound in (True, False):
        head = struct.pack(">HHHHHH", n, 0x0100 if outbound else 0x8180, 1, 0 if outbound else 1, 0, 0)
        answer = b"" if outbound else struct.pack(">HHHIH", 0xC00C, 1, 1, 60, 4) + SERVER
        data = head + question + answer
        sport, dport = (5300 + n, 53) if outbound else (53, 5300 + n)
        yield frame(outbound, 17, struct.pack(">HHHH", sport, dport, 8 + len(data), 0) + data)


records = []
for i in range(12):
    records += [(i * 60_000 + k * 10, octets) for k, octets in enumerate(talk(40000 + i, 8080, visit()))]
records += [(5_000 + k * 900, octets) for k, octets in enumerate(talk(45000, 4444, shell()))]
for i in range(3):
    records += [(1_000 + i * 500 + k * 10, octets) for k, octets in enumerate(lookup(i))]
records.sort(key=lambda one: one[0])
with open(sys.argv[1], "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for millis, octets in records:
        out.write(struct.pack("<IIII", START + millis // 1000, millis % 1000 * 1000, len(octets), len(octets)) + octets)
