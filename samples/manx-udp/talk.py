"""Plays both ends of Caldera's Manx over UDP: talk.py server ADDRESS | talk.py implant ADDRESS SERVER

The implant's JSON goes to port 7011, each time from a new port, and names the port it listens on as the number `callback`; the server answers
there: another flow. Written from a description of the protocol, not from Caldera's code. The real one waits 60 s between beacons.
"""
import json
import socket
import sys
import time

TOLD, CALLBACK = 7011, 6000

if sys.argv[1] == "server":
    told = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    told.bind((sys.argv[2], TOLD))
    answer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    answer.bind((sys.argv[2], 0))
    while True:
        message, sender = told.recvfrom(65536)
        answer.sendto(b"roger", (sender[0], json.loads(message)["callback"]))
else:
    heard = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    heard.bind((sys.argv[2], CALLBACK))
    profile = {"architecture": "amd64", "callback": CALLBACK, "exe_name": "manx.go", "executors": "sh", "host": "victim.test",
               "location": "./manx.go", "paw": "271828", "pid": 4242, "platform": "linux", "ppid": 4200,
               "server": "%s:%d" % (sys.argv[3], TOLD), "tag": "beacon", "username": "root"}
    for _ in range(3):
        talk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        talk.sendto(json.dumps(profile, separators=(",", ":")).encode(), (sys.argv[3], TOLD))
        talk.close()
        heard.recvfrom(65536)
        time.sleep(0.3)
