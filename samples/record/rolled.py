"""Expected rows of what is rolled up by pair and minute, from what tshark reads in a capture shorter than a minute:
rolled.py CAPTURE [neighbor] [icmp_echo]. One JSON object a line, nothing is taken from Hark."""
import json
import os
import subprocess
import sys

TSHARK = os.environ.get("TSHARK", "tshark")
PATIENCE = 10.0


def rows(capture, display, names):
    command = [TSHARK, "-n", "-r", capture, "-Y", display, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=f"]
    for name in names:
        command += ["-e", name]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
    for line in out.splitlines():
        yield dict(zip(names, line.split("\t")))


def neighbor(capture):
    found, asked = {}, {}
    names = ["frame.time_epoch", "eth.src", "ipv6.src", "ipv6.dst"]
    names += ["arp.opcode", "arp.src.proto_ipv4", "arp.dst.proto_ipv4", "arp.src.hw_mac"]
    names += ["icmpv6.type", "icmpv6.nd.ns.target_address", "icmpv6.nd.na.target_address", "icmpv6.nd.na.flag.s", "icmpv6.opt.linkaddr"]
    for row in rows(capture, "arp or icmpv6.type == 135 or icmpv6.type == 136", names):
        when = float(row["frame.time_epoch"])
        if row["arp.opcode"]:
            proto, speaker, about = "arp", row["arp.src.proto_ipv4"], row["arp.dst.proto_ipv4"]
            claimed = row["arp.src.hw_mac"]
            if speaker == about:
                word = "announcements"
            elif row["arp.opcode"] == "2":
                word = "replies"
            else:
                word = "probes" if speaker == "0.0.0.0" else "requests"
        elif row["icmpv6.type"] == "135":
            proto, speaker, about, claimed = "nd", row["ipv6.src"], row["icmpv6.nd.ns.target_address"], row["icmpv6.opt.linkaddr"]
            word = "probes" if speaker == "::" else "requests"
        else:
            answers = row["icmpv6.nd.na.flag.s"] in ("1", "True")
            proto, speaker, claimed = "nd", row["icmpv6.nd.na.target_address"], row["icmpv6.opt.linkaddr"]
            about, word = (row["ipv6.dst"], "replies") if answers else (speaker, "announcements")
        claimed = claimed or row["eth.src"]
        one = found.setdefault((speaker, about), {
            "kind": "neighbor", "proto": proto, "orig_h": speaker, "resp_h": about, "ts": when, "orig_l2_addr": claimed,
            "requests": 0, "replies": 0, "unasked": 0, "announcements": 0, "probes": 0, "router_ads": 0, "mismatched": 0})
        one[word] += 1
        one["mismatched"] += claimed != row["eth.src"]
        if word == "requests":
            asked[speaker, about] = when
        if word == "replies" and when - asked.get((about, speaker), -PATIENCE) > PATIENCE:
            one["unasked"] += 1
    yield from found.values()


def icmp_echo(capture):
    found, sent = {}, {}
    names = ["frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "icmp.type", "icmp.ident", "icmp.seq", "icmpv6.type"]
    names += ["icmpv6.echo.identifier", "icmpv6.echo.sequence_number", "data.data", "ip.len", "ipv6.plen", "ip.hdr_len"]
    display = "icmp.type == 8 or icmp.type == 0 or icmpv6.type == 128 or icmpv6.type == 129"
    for row in rows(capture, display, names):
        when = float(row["frame.time_epoch"])
        v6 = bool(row["icmpv6.type"])
        request = row["icmpv6.type" if v6 else "icmp.type"] in ("8", "128")
        src, dst = row["ipv6.src" if v6 else "ip.src"], row["ipv6.dst" if v6 else "ip.dst"]
        length = (int(row["ipv6.plen"]) if v6 else int(row["ip.len"]) - int(row["ip.hdr_len"])) - 8
        asker, asked = (src, dst) if request else (dst, src)
        key = (row["icmpv6.echo.identifier" if v6 else "icmp.ident"], row["icmpv6.echo.sequence_number" if v6 else "icmp.seq"])
        one = found.setdefault((asker, asked), {
            "kind": "icmp_echo", "id.orig_h": asker, "id.orig_p": 128 if v6 else 8, "id.resp_h": asked, "id.resp_p": 129 if v6 else 0,
            "ts": when, "requests": 0, "replies": 0, "request_bytes": 0, "reply_bytes": 0})
        way = "request" if request else "reply"
        one[{"request": "requests", "reply": "replies"}[way]] += 1
        one[way + "_bytes"] += length
        one[way + "_len_min"] = min(one.get(way + "_len_min", length), length)
        one[way + "_len_max"] = max(one.get(way + "_len_max", length), length)
        if request:
            sent[asker, asked, key] = row["data.data"]
        else:
            known = sent.get((asker, asked, key))
            one.setdefault("unasked_replies", 0)
            one.setdefault("altered_replies", 0)
            one["unasked_replies"] += known is None
            one["altered_replies"] += known is not None and known != row["data.data"]
    yield from found.values()


for kind in sys.argv[2:]:
    for row in {"neighbor": neighbor, "icmp_echo": icmp_echo}[kind](sys.argv[1]):
        print(json.dumps(row, separators=(",", ":")))
