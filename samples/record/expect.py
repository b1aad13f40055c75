"""Expected events of a sample, from what tshark reads in the capture: expect.py CAPTURE [KIND...] [--service PORT=NAME...]
[--body URI=BYTES...] [--set KIND.FIELD=JSON...] [--outside PROTOCOL]

KIND is conn, dns, http, ssl or ftp. One JSON object a line; names and value forms are those of Zeek's logs. Only what tshark says, or what
the recording script says on the command line, gets in: nothing is taken from Hark. $TSHARK is the command (tshark); JA4 is left out
where it is older than 4.2.
"""
import argparse
import json
import os
import subprocess
import sys

SEPARATOR, AGGREGATOR = "\t", "\x1f"
TSHARK = os.environ.get("TSHARK", "tshark")
# the IANA names of the suites and groups that the recordings use
SUITES = {
    0x003C: "TLS_RSA_WITH_AES_128_CBC_SHA256",
    0x009C: "TLS_RSA_WITH_AES_128_GCM_SHA256",
    0xC02F: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    0xC030: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
}
GROUPS = {0x17: "secp256r1", 0x18: "secp384r1", 0x1D: "x25519"}
VERSIONS = {0x0301: "TLSv10", 0x0302: "TLSv11", 0x0303: "TLSv12", 0x0304: "TLSv13"}
TYPES = {1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV"}
RCODES = {0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}
COMMUNITY_ID = ["--enable-protocol", "communityid"]


def fields(capture, names, display=None, last=False, options=()):
    """Rows of the named fields, each a list of occurrences; `last` keeps the innermost layer's."""
    command = [TSHARK, "-n", "-r", capture, "-T", "fields", "-E", "separator=/t", "-E", "aggregator=" + AGGREGATOR]
    command += ["-E", "occurrence=" + ("l" if last else "a"), *options]
    if display:
        command += ["-Y", display]
    for name in names:
        command += ["-e", name]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
    for line in out.splitlines():
        values = line.split(SEPARATOR)
        yield {name: value.split(AGGREGATOR) if value else [] for name, value in zip(names, values)}


def number(text):
    return int(text, 16) if text.startswith("0x") else int(float(text))


def ends(src, sport, dst, dport):
    return {"id.orig_h": src, "id.orig_p": sport, "id.resp_h": dst, "id.resp_p": dport}


def conn(capture, services, outside=()):
    names = ["frame.time_epoch", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "ip.len", "ipv6.plen"]
    names += ["tcp.srcport", "tcp.dstport", "tcp.len", "tcp.seq", "tcp.flags.fin", "tcp.flags.syn", "udp.srcport", "udp.dstport", "udp.length"]
    names += ["icmp.type", "icmpv6.type", "arp.opcode", "communityid"]
    rows = {}
    for row in fields(capture, names, last=True, options=[*COMMUNITY_ID, *outside]):
        one = {name: values[0] if values else None for name, values in row.items()}
        src, dst = one["ip.src"] or one["ipv6.src"], one["ip.dst"] or one["ipv6.dst"]
        if not src or one["arp.opcode"]:
            continue
        size = number(one["ip.len"]) if one["ip.src"] else number(one["ipv6.plen"]) + 40
        header = 20 if one["ip.src"] else 40
        echo = {"8": (8, 0), "0": (8, 0), "128": (128, 129), "129": (128, 129)}
        icmp = one["icmp.type"] or one["icmpv6.type"]
        # the innermost transport; a tunnel's outer UDP ports lose to an inner TCP
        if one["tcp.srcport"]:
            proto, sport, dport, payload = "tcp", int(one["tcp.srcport"]), int(one["tcp.dstport"]), int(one["tcp.len"])
        elif icmp in echo and size > header + 8:
            proto, payload = "icmp", size - header - 8
            sport, dport = echo[icmp]
        elif one["udp.srcport"]:
            proto, sport, dport, payload = "udp", int(one["udp.srcport"]), int(one["udp.dstport"]), int(one["udp.length"]) - 8
        else:
            continue
        key = (proto, *sorted([(src, sport if proto != "icmp" else 0), (dst, dport if proto != "icmp" else 0)]))
        when = float(one["frame.time_epoch"])
        if key not in rows:
            known = ends(src, sport, dst, dport)
            rows[key] = dict(first=when, last=when, orig=src, ends=known, proto=proto, community=one["communityid"], bytes=[0, 0],
                             packets=[0, 0], ip=[0, 0], port=sport, ended=set())
        entry = rows[key]
        side = 0 if src == entry["orig"] and (proto == "icmp" or sport == entry["port"]) else 1
        if len(entry["ended"]) < 2:  # Zeek's clock for a connection stops when both sides have closed it
            entry["last"] = when
        if one["tcp.flags.fin"] in ("1", "True"):
            entry["ended"].add(side)
        if proto == "tcp" and payload:  # by sequence numbers, so that what was sent again counts once
            syn = one["tcp.flags.syn"] in ("1", "True")
            entry["bytes"][side] = max(entry["bytes"][side], int(one["tcp.seq"]) - (0 if syn else 1) + payload)
        else:
            entry["bytes"][side] += payload
        entry["packets"][side] += 1
        entry["ip"][side] += size
    for entry in rows.values():
        known = {"kind": "conn", **entry["ends"], "proto": entry["proto"]}
        service = services.get(entry["ends"]["id.resp_p"])
        if service:
            known["service"] = service
        known.update(
            ts=round(entry["first"], 6), duration=round(entry["last"] - entry["first"], 6),
            orig_bytes=entry["bytes"][0], resp_bytes=entry["bytes"][1], missed_bytes=0,
            orig_pkts=entry["packets"][0], orig_ip_bytes=entry["ip"][0],
            resp_pkts=entry["packets"][1], resp_ip_bytes=entry["ip"][1])
        if entry["last"] == entry["first"]:  # one packet has no duration
            del known["duration"]
        if entry["community"]:
            known["community_id"] = entry["community"]
        yield known


def answer(text, record):
    kind = number(record["dns.resp.type"])
    if kind == 16:
        texts = [value for name, value in record.items() if name.startswith("dns.txt") and "length" not in name]
        return " ".join("TXT %d %s" % (len(one), one) for one in texts)
    wanted = {1: "dns.a", 28: "dns.aaaa", 5: "dns.cname", 15: "dns.mx.mail_exchange", 2: "dns.ns", 12: "dns.ptr.domain_name"}
    return record[wanted[kind]]


def pairs(items):
    """An object whose repeated names stay apart."""
    out = {}
    for name, value in items:
        while name in out:
            name += "'"
        out[name] = value
    return out


def dns(capture):
    command = [TSHARK, "-n", "-r", capture, "-T", "json", "-Y", "dns"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
    questions = {}
    for frame in json.loads(out, object_pairs_hook=pairs):
        layers = frame["_source"]["layers"]
        ip = [value for name, value in layers.items() if name.startswith("ip")][-1]
        src, dst = ip.get("ip.src") or ip.get("ipv6.src"), ip.get("ip.dst") or ip.get("ipv6.dst")
        tcp = [value for name, value in layers.items() if name.rstrip("'") == "tcp"]
        proto, transport = ("tcp", tcp[-1]) if tcp else ("udp", [v for n, v in layers.items() if n.rstrip("'") == "udp"][-1])
        sport, dport = int(transport[proto + ".srcport"]), int(transport[proto + ".dstport"])
        message, when = layers["dns"], float(layers["frame"]["frame.time_epoch"])
        flags, identity = message["dns.flags_tree"], number(message["dns.id"])

        def flag(name):
            return flags.get("dns.flags." + name, "0") in ("1", "True", True)

        if not flag("response"):
            query = list(message["Queries"].values())[0]
            kind = number(query["dns.qry.type"])
            questions[(src, sport, dst, dport, identity)] = {
                "kind": "dns", **ends(src, sport, dst, dport), "ts": round(when, 6), "proto": proto, "trans_id": identity,
                "query": query["dns.qry.name"].lower(), "qclass": 1, "qclass_name": "C_INTERNET", "qtype": kind,
                "qtype_name": TYPES[kind], "RD": flag("recdesired")}
            continue
        known = questions[(dst, dport, src, sport, identity)]
        rcode = number(flags["dns.flags.rcode"])
        known.update(rtt=round(when - known["ts"], 6), rcode=rcode, rcode_name=RCODES[rcode], AA=flag("authoritative"),
                     TC=flag("truncated"), RA=flag("recavail"))
        counts = [int(message["dns.count." + name]) for name in ("answers", "auth_rr", "add_rr")]
        known["rejected"] = sum(counts) == 0  # Zeek's dns_rejected: an answer without any record, whatever its code
        records = message.get("Answers", {})
        if records:
            known["answers"] = [answer(text, record) for text, record in records.items()]
            known["TTLs"] = [float(record["dns.resp.ttl"]) for record in records.values()]
    return questions.values()


def http(capture, bodies):
    names = ["ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "tcp.srcport", "tcp.dstport", "tcp.stream", "http.request.method",
             "http.request.uri", "http.host", "http.user_agent", "http.request.version", "http.response.code",
             "http.response.phrase", "frame.time_epoch"]
    streams = {}
    for row in fields(capture, names, "http"):
        src, dst = (row["ip.src"] or row["ipv6.src"])[-1], (row["ip.dst"] or row["ipv6.dst"])[-1]
        asked, answered = streams.setdefault(row["tcp.stream"][-1], ([], []))
        for i, method in enumerate(row["http.request.method"]):
            asked.append({
                "kind": "http", **ends(src, int(row["tcp.srcport"][-1]), dst, int(row["tcp.dstport"][-1])),
                "trans_depth": len(asked) + 1, "method": method, "host": row["http.host"][i], "uri": row["http.request.uri"][i],
                "version": row["http.request.version"][i].removeprefix("HTTP/")})
            if row["http.user_agent"]:
                asked[-1]["user_agent"] = row["http.user_agent"][i]
        for code, phrase in zip(row["http.response.code"], row["http.response.phrase"]):
            answered.append({"status_code": int(code), "status_msg": phrase})
    for asked, answered in streams.values():
        assert len(asked) == len(answered), (len(asked), len(answered))
        for request, response in zip(asked, answered):
            known = {**request, **response}
            sizes = bodies.get("%s %s %d" % (known["method"], known["uri"], known["status_code"])) or bodies.get(
                known["method"] + " " + known["uri"])
            if sizes:
                known["request_body_len"], known["response_body_len"] = sizes
            yield known


def ssl(capture):
    names = ["ip.src", "ip.dst", "tcp.srcport", "tcp.dstport", "tcp.stream", "tls.handshake.type", "tls.handshake.version",
             "tls.handshake.extensions.supported_version", "tls.handshake.extensions_server_name", "tls.handshake.ciphersuite",
             "tls.handshake.extensions_key_share_group", "tls.handshake.server_named_curve", "tls.handshake.ja3", "tls.handshake.ja3s"]
    newer = subprocess.run([TSHARK, "-G", "fields"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
    ja4 = ["tls.handshake.ja4"] if "\ttls.handshake.ja4\t" in newer else []
    streams = {}
    for row in fields(capture, names + ja4, "tls.handshake"):
        stream = row["tcp.stream"][0]
        if "1" in row["tls.handshake.type"]:
            streams[stream] = {
                "kind": "ssl", **ends(row["ip.src"][0], int(row["tcp.srcport"][0]), row["ip.dst"][0], int(row["tcp.dstport"][0]))}
            if row["tls.handshake.extensions_server_name"]:
                streams[stream]["server_name"] = row["tls.handshake.extensions_server_name"][0]
            streams[stream]["ja3"] = row["tls.handshake.ja3"][0]
            if ja4:
                streams[stream]["ja4"] = row["tls.handshake.ja4"][0]
        if "2" in row["tls.handshake.type"]:
            known = streams[stream]
            version = (row["tls.handshake.extensions.supported_version"] or row["tls.handshake.version"])[0]
            known["version"] = VERSIONS[number(version)]
            known["cipher"] = SUITES[number(row["tls.handshake.ciphersuite"][0])]
            known["ja3s"] = row["tls.handshake.ja3s"][0]
            if known["version"] == "TLSv13" and row["tls.handshake.extensions_key_share_group"]:
                known["curve"] = GROUPS[number(row["tls.handshake.extensions_key_share_group"][0])]
        if row["tls.handshake.server_named_curve"]:
            streams[stream]["curve"] = GROUPS[number(row["tls.handshake.server_named_curve"][0])]
    for known in streams.values():
        yield {**known, "resumed": False, "established": True}


FTP_LOGGED = {"APPE", "DELE", "RETR", "STOR", "STOU", "ACCT", "PORT", "PASV", "EPRT", "EPSV"}  # Zeek's FTP::logged_commands


def data_channel(command, arg, reply, client, server):
    """Where the data connection goes, by RFC 959 and RFC 2428."""
    if command in ("PORT", "PASV"):
        text = arg if command == "PORT" else reply[reply.index("(") + 1 : reply.index(")")]
        parts = text.split(",")
        port = int(parts[4]) * 256 + int(parts[5])
    else:
        text = arg if command == "EPRT" else reply[reply.index("(") + 1 : reply.index(")")]
        port = int(text.split("|")[3])
    passive = command in ("PASV", "EPSV")
    return {"data_channel.passive": passive, "data_channel.orig_h": client if passive else server,
            "data_channel.resp_h": server if passive else client, "data_channel.resp_p": port}


def ftp(capture):
    names = ["ip.src", "ip.dst", "tcp.srcport", "tcp.dstport", "tcp.stream", "frame.time_epoch", "ftp.request.command", "ftp.request.arg",
             "ftp.response.code", "ftp.response.arg"]
    users, open_commands, out = {}, {}, []
    for row in fields(capture, names, "ftp.request or ftp.response"):
        stream = row["tcp.stream"][0]
        for command in row["ftp.request.command"]:
            arg = row["ftp.request.arg"][0] if row["ftp.request.arg"] else None
            if command == "USER":
                users[stream] = arg
            open_commands[stream] = (command, arg, {
                "kind": "ftp", **ends(row["ip.src"][0], int(row["tcp.srcport"][0]), row["ip.dst"][0], int(row["tcp.dstport"][0])),
                "ts": round(float(row["frame.time_epoch"][0]), 6), "user": users[stream], "command": command})
        for code, text in zip(row["ftp.response.code"], row["ftp.response.arg"]):
            if stream not in open_commands or code.startswith("1") or open_commands[stream][0] not in FTP_LOGGED:
                continue
            command, arg, known = open_commands.pop(stream)
            known.update(reply_code=int(code), reply_msg=text)
            if command in ("PORT", "PASV", "EPRT", "EPSV"):
                known.update(data_channel(command, arg, text, known["id.orig_h"], known["id.resp_h"]))
            out.append(known)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("capture")
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--service", action="append", default=[])
    parser.add_argument("--body", action="append", default=[], help="METHOD URI[ STATUS]=request bytes,answer bytes")
    parser.add_argument("--set", action="append", default=[], help="KIND.FIELD=JSON: what the recording script knows")
    parser.add_argument("--without", default="", help="fields that this sample is not about")
    parser.add_argument("--outside", help="protocol of a tunnel: the datagrams that carry it, not what they carry")
    given = parser.parse_args()
    outside = ["--disable-protocol", given.outside] if given.outside else []
    services = {int(port): name for port, name in (one.split("=") for one in given.service)}
    bodies = {}
    for one in given.body:
        what, _, sizes = one.rpartition("=")
        bodies[what] = [int(size) for size in sizes.split(",")]
    makers = {"conn": lambda: conn(given.capture, services, outside), "dns": lambda: dns(given.capture),
              "http": lambda: http(given.capture, bodies), "ssl": lambda: ssl(given.capture),
              "ftp": lambda: ftp(given.capture)}
    known_to_script = {}
    for one in given.set:
        what, _, value = one.partition("=")
        kind, _, name = what.partition(".")
        known_to_script.setdefault(kind, {})[name] = json.loads(value)
    dropped = set(filter(None, given.without.split(",")))
    for kind in given.kinds:
        for known in makers[kind]():
            known = {**known, **known_to_script.get(kind, {})}
            print(json.dumps({name: value for name, value in known.items() if name not in dropped}, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
