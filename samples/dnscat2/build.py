"""dnscat2 as its doc/protocol.md and doc/command_protocol.md tell, with keys of our own; ECDH is Python's `cryptography`, SHA3 is hashlib's,
Salsa20 is here. build.py CAPTURE: writes the capture, prints the messages.

One console in the open in TXT records, the same lines sealed in CNAME records, and a session of commands in A records."""
import json
import struct
import sys
from hashlib import sha3_256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.asymmetric import ec
from exchanges import START, address, checksum

CLIENT, SERVER, DOMAIN, PSK = "192.0.2.10", "198.51.100.20", "c.test", b"hark-sample"
CLIENT_KEY, SERVER_KEY = int.from_bytes(bytes(range(32)), "big"), int.from_bytes(bytes(range(32, 64)), "big")
SYN, MSG, FIN, ENC = range(4)
A, CNAME, TXT = 1, 5, 16


def salsa20(key, nonce, octets):
    k = struct.unpack("<8I", key)
    c = struct.unpack("<4I", b"expand 32-byte k")

    def block(n):
        start = [c[0], *k[:4], c[1], *struct.unpack("<2I", nonce), n, 0, c[2], *k[4:], c[3]]
        x = list(start)
        for i in range(20):
            if i % 2:
                x = [x[4 * (j % 4) + j // 4] for j in range(16)]
            for q in range(4):
                a, b, d, e = (q + 4 * q) % 16, (q + 4 * q + 4) % 16, (q + 4 * q + 8) % 16, (q + 4 * q + 12) % 16
                for to, one, other, by in ((b, a, e, 7), (d, b, a, 9), (e, d, b, 13), (a, e, d, 18)):
                    s = (x[one] + x[other]) & 0xFFFFFFFF
                    x[to] ^= (s << by | s >> 32 - by) & 0xFFFFFFFF
            if i % 2:
                x = [x[4 * (j % 4) + j // 4] for j in range(16)]
        return struct.pack("<16I", *((p + q) & 0xFFFFFFFF for p, q in zip(x, start)))

    stream = b"".join(block(n) for n in range(len(octets) // 64 + 1))
    return bytes(p ^ q for p, q in zip(octets, stream))


class Session:
    frames, moment, packet_id = [], START, 0x1000

    def __init__(self, number, qtype):
        self.number, self.qtype, self.keys, self.counts = number, qtype, None, {"client": 0, "server": 0}

    def packet(self, side, kind, body):
        Session.packet_id += 1
        header = struct.pack(">HBH", Session.packet_id, kind, self.number)
        if self.keys:
            nonce = struct.pack(">H", self.counts[side])
            self.counts[side] += 1
            sealed = salsa20(self.keys[side + "_write_key"], bytes(6) + nonce, body)
            body = sha3_256(self.keys[side + "_mac_key"] + header + nonce + sealed).digest()[:6] + nonce + sealed
        return header + body

    def turn(self, kind, asked, answered):
        """A name and the record that answers it."""
        question, answer = self.packet("client", kind, asked), self.packet("server", kind, answered)
        Session.moment += 0.5
        query = name(question) + struct.pack(">HH", self.qtype, 1)
        head = struct.pack(">H", Session.packet_id)
        frame(True, head + struct.pack(">HHHHH", 0x0100, 1, 0, 0, 0) + query)
        records = self.records(answer)
        body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", self.qtype, 1, 60, len(one)) + one for one in records)
        frame(False, head + struct.pack(">HHHHH", 0x8180, 1, len(records), 0, 0) + query + body)

    def records(self, octets):
        if self.qtype == TXT:
            text = octets.hex().encode()
            return [bytes([len(text)]) + text]
        if self.qtype == CNAME:
            return [name(octets)]
        octets = bytes([len(octets)]) + octets
        pieces = [octets[i : i + 3].ljust(3, b"\0") for i in range(0, len(octets), 3)]
        return [bytes([i]) + piece for i, piece in enumerate(pieces)][::-1]  # resolvers change their order

    def agree(self):
        own, other = (ec.derive_private_key(key, ec.SECP256R1()) for key in (CLIENT_KEY, SERVER_KEY))
        publics = [one.public_key().public_numbers() for one in (own, other)]
        points = [one.x.to_bytes(32, "big") + one.y.to_bytes(32, "big") for one in publics]
        self.turn(ENC, bytes(4) + points[0], bytes(4) + points[1])
        shared = own.exchange(ec.ECDH(), other.public_key())
        names = (side + key for side in ("client", "server") for key in ("_write_key", "_mac_key"))
        self.keys = {one: sha3_256(shared + one.encode()).digest() for one in names}
        proofs = [sha3_256(side + shared + points[0] + points[1] + PSK).digest() for side in (b"client", b"server")]
        self.turn(ENC, struct.pack(">HH", 1, 0) + proofs[0], struct.pack(">HH", 1, 0) + proofs[1])

    def begin(self, options, title):
        self.up, self.down = 0xFFF8, 0x0100  # the client's numbers go around their end
        self.turn(SYN, struct.pack(">HH", self.up, options) + title + b"\0", struct.pack(">HH", self.down, 0))

    def say(self, asked=b"", answered=b"", again=False):
        up = struct.pack(">HH", self.up, self.down) + asked
        self.up = (self.up + len(asked)) & 0xFFFF
        down = struct.pack(">HH", self.down, self.up) + answered
        self.turn(MSG, up, down)
        if again:
            self.turn(MSG, up, down)
        self.down = (self.down + len(answered)) & 0xFFFF


def name(octets):
    text = octets.hex()
    labels = [text[i : i + 60] for i in range(0, len(text), 60)] + DOMAIN.split(".")
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def frame(outbound, payload):
    source, target = (address(CLIENT), address(SERVER)) if outbound else (address(SERVER), address(CLIENT))
    ports = (40000, 53) if outbound else (53, 40000)
    udp = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    total = checksum(source + target + struct.pack(">BBH", 0, 17, len(udp)) + udp)
    udp = udp[:6] + struct.pack(">H", total) + udp[8:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0) + source + target
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    macs = bytes.fromhex("020000000214" "02000000010a") if outbound else bytes.fromhex("02000000010a" "020000000214")
    Session.frames.append((Session.moment + (0 if outbound else 0.01), macs + b"\x08\x00" + ip + udp))


def told(session, side, topic, words, **more):
    row = {"kind": "message", "family": "dnscat2", "conversation": f"{DOMAIN} {session.number}", "side": side, "type": topic}
    print(json.dumps(row | ({} if words is None else {"text": words}) | more))


def console(session):
    session.begin(1, b"console (sample)")
    session.say(answered=b"whoami\nhost")
    session.say(asked=b"lab\\us", again=True)  # its answer was lost
    session.say(asked=b"er\n", answered=b"name\n")
    session.say(asked=b"host1.test\n")
    session.turn(FIN, b"bye\0", b"bye\0")
    for side, line in (("operator", "whoami"), ("implant", "lab\\user"), ("operator", "hostname"), ("implant", "host1.test")):
        told(session, side, "shell", line)
    told(session, "implant", "control", "ends the session: bye")


def command(request, number, fields):
    return struct.pack(">IHH", 4 + len(fields), request, number) + fields


clear, sealed, orders = Session(0x1111, TXT), Session(0x2222, CNAME), Session(0x3333, A)
told(clear, "implant", "proxy", "opens session 4369, console (sample)", subtype="tunnel_opened")
console(clear)
sealed.agree()
told(sealed, "implant", "crypto", "proves to know the pre-shared secret pre-shared", secret="server key")
told(sealed, "implant", "proxy", "opens session 8738, console (sample)", subtype="tunnel_opened", secret="server key")
console(sealed)
orders.begin(0x21, b"command (sample)")
told(orders, "implant", "proxy", "opens session 13107, command (sample), for commands", subtype="tunnel_opened")
orders.say(answered=command(1, 2, b"sh\0/bin/sh\0"))
told(orders, "operator", "process", "exec /bin/sh (as sh)")
orders.say(asked=command(0x8001, 2, struct.pack(">H", 0x4444)))
told(orders, "implant", "process", "answers exec with session 17476")
orders.say(answered=command(2, 3, b"/tmp/notes.txt\0"))
told(orders, "operator", "file_transfer", "download /tmp/notes.txt")
notes = command(0x8002, 3, b"notes of the sample, longer than one name holds\n" * 2)
orders.say(asked=notes[:70])
orders.say(asked=notes[70:])
told(orders, "implant", "file_transfer", "answers download with 96 bytes")
for session, more in ((clear, {}), (sealed, {"secret": "server key"}), (orders, {})):
    told(session, "unknown", "proxy", None, subtype="tunnel_closed", **more)
with open(sys.argv[1], "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for moment, octets in Session.frames:
        out.write(struct.pack("<IIII", int(moment), round(moment % 1 * 1e6), len(octets), len(octets)) + octets)
