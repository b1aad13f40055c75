"""Plays both ends of Caldera's Sandcat over HTTP: talk.py server ADDRESS... | talk.py implant ADDRESS...

With several addresses the server is at all of them and the implant takes them in turn, a connection each.

Three encodings are nested, as in the real one: the body is base64 of JSON; its `instructions` is a JSON string that holds a list of JSON
strings; each of these has its command in base64. Written from a description of the protocol, not from Caldera's code.
"""
import base64
import http.server
import itertools
import json
import socket
import sys
import threading

PAW = "samplp"
COMMANDS = [("whoami", "root\n"), ("uname -s", "Linux\n"), ("ls /srv/staged", "one.txt\ntwo.txt\n")]


def b64(text):
    return base64.b64encode(text.encode()).decode()


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Python/3 aiohttp/3", ""
    given = 0

    def do_POST(self):
        told = json.loads(base64.b64decode(self.rfile.read(int(self.headers["Content-Length"]))))
        instructions = []
        if "results" not in told and Server.given < len(COMMANDS):
            command, _ = COMMANDS[Server.given]
            instructions.append(json.dumps({
                "id": "link-%d" % Server.given, "sleep": 0, "command": b64(command), "executor": "sh", "timeout": 60, "payloads": [],
                "uploads": [], "deadman": False}))
            Server.given += 1
        answer = {"paw": PAW, "sleep": 1, "watchdog": 0, "instructions": json.dumps(instructions)}
        body = b64(json.dumps(answer)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def implant(*addresses):
    first = "http://%s:8888" % addresses[0]
    profile = {
        "architecture": "amd64", "available_contacts": ["HTTP"], "contact": "HTTP", "deadman_enabled": True, "exe_name": "splunkd",
        "executors": ["sh"], "group": "red", "host": "victim.test", "host_ip_addrs": ["192.0.2.10"], "location": "./splunkd",
        "origin_link_id": 0, "paw": "", "pid": 4242, "platform": "linux", "ppid": 4200, "privilege": "Elevated", "proxy_receivers": None,
        "server": first, "upstream_dest": first, "username": "root"}
    connections = [socket.create_connection((address, 8888)) for address in addresses]
    turns = itertools.cycle([(*one, one[1].makefile("rb")) for one in zip(addresses, connections)])

    def beacon(message):
        address, connection, answers = next(turns)
        body = base64.b64encode(json.dumps(message, separators=(",", ":")).encode())
        head = "POST /beacon HTTP/1.1\r\nHost: %s:8888\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: %d\r\nAccept-Encoding: gzip\r\n\r\n"
        connection.sendall((head % (address, len(body))).encode() + body)
        length = 0
        while (line := answers.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answer = json.loads(base64.b64decode(answers.read(length)))
        return [json.loads(one) for one in json.loads(answer["instructions"])]

    while todo := beacon(profile):
        profile["paw"] = PAW
        command = base64.b64decode(todo[0]["command"]).decode()
        result = {"id": todo[0]["id"], "output": b64(dict(COMMANDS)[command]), "pid": "4300", "status": "0"}
        beacon({"contact": "HTTP", "host": "victim.test", "paw": PAW, "platform": "linux", "results": [result], "server": first, "upstream_dest": first})


if sys.argv[1] == "server":
    servers = [http.server.HTTPServer((address, 8888), Server) for address in sys.argv[2:]]
    for one in servers:
        threading.Thread(target=one.serve_forever).start()
else:
    implant(*sys.argv[2:])
