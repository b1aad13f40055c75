"""Plays both ends of Caldera's Manx over TCP: talk.py server ADDRESS | talk.py implant ADDRESS

The implant calls, sends its profile as JSON without a line end and a bare line end; the server says the paw and a line end, single spaces as
heartbeats, and commands that end in a line end; answers are JSON. Written from a description of the protocol, not from Caldera's code.
"""
import json
import socket
import sys
import time

PAW = "manxpw"
COMMANDS = [("whoami", "root\n\n"), ("mkdir -p staged", ""), ("ls", "staged\nnotes.txt\n\n")]
PAUSE = 0.15


def hear(connection):
    heard = b""
    while not heard.rstrip().endswith(b"}"):
        heard += connection.recv(4096)



if sys.argv[1] == "server":
    listener = socket.create_server((sys.argv[2], 7010))
    connection, _ = listener.accept()
    hear(connection)
    time.sleep(PAUSE)
    connection.sendall(b" ")
    connection.sendall(PAW.encode() + b"\n")
    for command, _ in COMMANDS:
        time.sleep(PAUSE)
        connection.sendall(b" ")
        time.sleep(PAUSE)
        connection.sendall(command.encode() + b"\n")
        hear(connection)
    time.sleep(PAUSE)
    connection.sendall(b" ")
    time.sleep(PAUSE)
    connection.close()
else:
    connection = socket.create_connection((sys.argv[2], 7010))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    profile = {"architecture": "amd64", "exe_name": "manx.go", "executors": "sh", "host": "victim.test", "location": "./manx.go", "pid": 4242,
               "platform": "linux", "ppid": 4200, "server": "%s:7010" % sys.argv[2], "username": "root"}
    connection.sendall(json.dumps(profile, separators=(",", ":")).encode())
    connection.sendall(b"\n")
    buffer = b""
    while (data := connection.recv(4096)):
        buffer += data
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            line = line.decode().strip()
            if line == PAW:
                connection.sendall(b"\n")
            elif line:
                answer = {"pwd": "/srv", "response": dict(COMMANDS)[line], "status": 0}
                connection.sendall(json.dumps(answer, separators=(",", ":")).encode())
    connection.close()
