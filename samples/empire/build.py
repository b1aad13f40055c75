"""Empire over HTTP as lib/common/packets.py of EmpireProject/Empire lays it out; keys of our own. AES and HMAC are Python's
`cryptography` and `hmac`, RC4 is checked with RFC 6229. build.py CAPTURE: writes the capture, and the messages in it to stdout."""
import base64
import hashlib
import hmac
import json
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

STAGING = b"sample staging key of 32 octets!"
SESSION_KEY = bytes(range(32))
SESSION = b"HARKSMP1"
AGENT = "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"
STAGE0, STAGE1, STAGE2, TASKING, RESULT, SERVER = range(1, 7)
SERVERS = ["198.51.100.20", "198.51.100.21", "198.51.100.22"]
count = 0


def rc4(key, data):
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for octet in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(octet ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


assert rc4(bytes([1, 2, 3, 4, 5]), bytes(8)).hex() == "b2396305f03dc027"  # RFC 6229


def octets(n):
    """Octets that look random and are always the same."""
    global count
    count += 1
    return hashlib.sha256(b"empire %d" % count).digest()[:n]


def packet(session, meta, data=b"", language=1):
    iv = octets(4)
    return iv + rc4(iv + STAGING, session + struct.pack("<BBHI", language, meta, 0, len(data))) + data


def sealed(key, plain):
    pad = 16 - len(plain) % 16
    iv = octets(16)
    aes = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    data = iv + aes.update(plain + bytes([pad]) * pad)
    return data + hmac.new(key, data, "sha256").digest()[:10]


def task(kind, number, data):
    return struct.pack("<HHHHI", kind, 1, 1, number, len(data)) + data


def say(side, topic, text):
    print(json.dumps({"kind": "message", "family": "empire", "side": side, "type": topic, "text": text}))


web = Web()


def visit(method, body=b"", answer=b"<html><body>It works!</body></html>", cookie=b"", after=5.0):
    headers = {"User_Agent": AGENT}
    if cookie:
        headers["Cookie"] = "session=" + base64.b64encode(cookie).decode()
    server = SERVERS[web.port % 3]
    web.exchange("192.0.2.10", server, 8080, request(method, "/news.php", server, body, **headers), response(answer), after)


stage = b"function Start-Sample { 'first stage' }"
iv = octets(4)
visit("GET", cookie=packet(b"00000000", STAGE0), answer=iv + rc4(iv + STAGING, stage))
say("operator", "file_transfer", stage.decode())
key = b"<RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>"
visit("POST", packet(SESSION, STAGE1, sealed(STAGING, key)), octets(32) * 8)
say("implant", "crypto", key.decode())
info = b"0|http://198.51.100.20:8080|LAB|user|HOST1|192.0.2.10|Windows 10|False|powershell|4242|powershell|5"
visit("POST", packet(SESSION, STAGE2, sealed(SESSION_KEY, info)), sealed(SESSION_KEY, b"function Invoke-Sample {}"))
say("implant", "sysinfo", info.decode())
visit("GET", cookie=packet(SESSION, TASKING))
visit("GET", cookie=packet(SESSION, TASKING), answer=packet(SESSION, SERVER, sealed(SESSION_KEY, task(40, 1, b"whoami"))))
say("operator", "shell", "SHELL: whoami")
visit("POST", packet(SESSION, RESULT, sealed(SESSION_KEY, task(40, 1, b"LAB\\user"))))
say("implant", "shell", "SHELL: LAB\\user")
visit("GET", cookie=packet(SESSION, TASKING))
web.write(sys.argv[1])
