"""A tunnel end in user space, for kernels without these devices: encapsulate.py gre DEVICE LOCAL REMOTE | vlan DEVICE INTERFACE ID...

`gre` makes a TUN device and carries its packets in GRE (RFC 2784, no options) over a raw socket. `vlan` makes a TAP device and carries
its frames on INTERFACE behind one or two tags (IEEE 802.1Q, 802.1ad). The device is up when `ip link` shows it; addresses are the
caller's business.
"""
import fcntl
import os
import select
import socket
import struct
import sys

TUNSETIFF, IFF_TUN, IFF_TAP, IFF_NO_PI = 0x400454CA, 1, 2, 0x1000
ETH_P_ALL, TAG, OUTER_TAG, GRE = 3, 0x8100, 0x88A8, 47
IPV4, IPV6 = 0x0800, 0x86DD


def device(name, kind):
    handle = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(handle, TUNSETIFF, struct.pack("16sH", name.encode(), kind | IFF_NO_PI))
    return handle


def carry(handle, outside, wrap, unwrap):
    while True:
        for ready in select.select([handle, outside], [], [])[0]:
            if ready == handle:
                outside.send(wrap(os.read(handle, 65536)))
            else:
                inner = unwrap(*outside.recvfrom(65536))
                if inner:
                    os.write(handle, inner)


def gre(name, local, remote):
    outside = socket.socket(socket.AF_INET, socket.SOCK_RAW, GRE)
    outside.bind((local, 0))
    outside.connect((remote, 0))

    def wrap(packet):
        return struct.pack(">HH", 0, IPV4 if packet[0] >> 4 == 4 else IPV6) + packet

    def unwrap(packet, _):
        return packet[(packet[0] & 15) * 4 + 4 :]

    carry(device(name, IFF_TUN), outside, wrap, unwrap)


def vlan(name, interface, *ids):
    outside = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    outside.bind((interface, 0))
    outside.setsockopt(263, 8, 1)  # SOL_PACKET, PACKET_AUXDATA: the kernel takes the outermost tag out of the frame
    kinds = [TAG] if len(ids) == 1 else [OUTER_TAG, TAG]
    tags = b"".join(struct.pack(">HH", kind, int(one)) for kind, one in zip(kinds, ids))

    def wrap(frame):
        return frame[:12] + tags + frame[12:]

    handle = device(name, IFF_TAP)
    while True:
        for ready in select.select([handle, outside], [], [])[0]:
            if ready == handle:
                outside.send(wrap(os.read(handle, 65536)))
                continue
            frame, extra, _, source = outside.recvmsg(65536, 256)
            if source[2] == socket.PACKET_OUTGOING:
                continue
            for level, kind, data in extra:
                status, _, _, _, _, tci, tpid = struct.unpack("=IIIHHHH", data[:20])
                if (level, kind) == (263, 8) and status & 0x10:  # TP_STATUS_VLAN_VALID
                    frame = frame[:12] + struct.pack(">HH", tpid, tci) + frame[12:]
            if frame[12 : 12 + len(tags)] == tags:
                os.write(handle, frame[:12] + frame[12 + len(tags) :])


{"gre": gre, "vlan": vlan}[sys.argv[1]](*sys.argv[2:])
