"""A connection whose IP packets go as payloads of ICMP echoes, requests one way and replies the other: echoed.py FILE"""
import struct
import sys

from segments import CLIENT, CLIENT_MAC, SERVER, SERVER_MAC, checksum, connection, write

ID = 4711
ETHERNET = 14
ASKED = b"GET /inside.txt HTTP/1.1\r\nHost: inner.test\r\nUser-Agent: script\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Type: text/plain\r\n\r\ninside\n"


def echo(outbound, packet):
    icmp = struct.pack(">BBHHH", 8 if outbound else 0, 0, 0, ID, 0) + packet
    icmp = icmp[:2] + struct.pack(">H", checksum(icmp)) + icmp[4:]
    src, dst = (CLIENT, SERVER) if outbound else (SERVER, CLIENT)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(icmp), 0, 0x4000, 64, 1, 0) + src + dst
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    macs = SERVER_MAC + CLIENT_MAC if outbound else CLIENT_MAC + SERVER_MAC
    return macs + b"\x08\x00" + ip + icmp


def inner(packet):
    """The packet between the tunnel's own two addresses."""
    ends = {CLIENT: bytes([10, 7, 0, 2]), SERVER: bytes([10, 7, 0, 1])}
    src, dst = ends[packet[12:16]], ends[packet[16:20]]
    tcp = packet[20:36] + b"\0\0" + packet[38:]
    total = checksum(src + dst + struct.pack(">BBH", 0, 6, len(tcp)) + tcp)
    ip = packet[:10] + b"\0\0" + src + dst
    return ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:] + tcp[:16] + struct.pack(">H", total) + tcp[18:]


lines = [(0.1, True, ASKED), (0.1, False, ANSWER)]
write(sys.argv[1], ((at, echo(frame[26:30] == CLIENT, inner(frame[ETHERNET:]))) for at, frame in connection((40000, 80), lines)))
