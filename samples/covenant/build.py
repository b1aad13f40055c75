"""Covenant's Grunt over HTTP: envelopes as GruntEncryptedMessage of cobbr/Covenant has them, with a key of our own; AES and HMAC are
Python's `cryptography` and `hmac`. build.py CAPTURE: writes the capture, prints the messages."""
import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

KEY, GRUNT = bytes(range(32)), "0a1b2c3d4e"
SERVERS = ["198.51.100.20", "203.0.113.20"]


def envelope(kind, meta, plain):
    iv = hashlib.sha256(plain).digest()[:16]
    pad = 16 - len(plain) % 16
    data = Cipher(algorithms.AES(KEY), modes.CBC(iv)).encryptor().update(plain + bytes([pad]) * pad)
    whole = {"GUID": GRUNT, "Type": kind, "Meta": meta, "IV": base64.b64encode(iv).decode()}
    whole["EncryptedMessage"] = base64.b64encode(data).decode()
    whole["HMAC"] = base64.b64encode(hmac.new(KEY, data, "sha256").digest()).decode()
    return base64.b64encode(json.dumps(whole).encode())


def say(side, topic, words):
    print(json.dumps({"kind": "message", "family": "covenant", "conversation": GRUNT, "side": side, "type": topic, "text": words}))


web = Web()


def visit(method, body=b"", answer=b"<html>Sample page</html>", after=10.0):
    server = SERVERS[web.port % 2]
    asked = request(method, "/en/pages/start.html", server, body, Cookie="ident=" + GRUNT, User_Agent="sample")
    web.exchange("192.0.2.10", server, 80, asked, response(answer, Content_Type="text/html"), after)


task, answer = b'{"type":"Assembly","name":"task1","message":"whoami"}', b'{"status":"completed","output":"LAB\\\\user"}'
visit("GET")
visit("GET", answer=b"<html><script>// Sample page " + envelope(1, "", task) + b"</script></html>")
say("operator", "shell", task.decode())
visit("POST", b"i=a1&data=" + envelope(0, "task1", answer) + b"&session=75db", b"<html></html>")
say("implant", "shell", answer.decode())
visit("GET")
say("implant", "beacon", "1 envelopes of the server, 1 of the Grunt in 10 s; 0 stay closed")
web.write(sys.argv[1])
