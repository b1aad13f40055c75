#!/usr/bin/env bash
# pcapng with two interfaces and nanoseconds: the same visit, DNS recorded on one file's interface and HTTP on the other's, merged.
. "$(dirname "$0")/../record/netns.sh"

serve_both "$SERVER4"
record left0 "udp port 53" --time-stamp-precision=nano
ip netns exec "$SERVER" tcpdump -Z root --immediate-mode -U -s 0 -n -i right0 -w "$WORK/other.pcap" --time-stamp-precision=nano "tcp port 80" \
    2>"$WORK/other.log" &
other=$!
started+=("$other")
await grep -q listening "$WORK/other.log"
visit "$SERVER4"
recorded
kill -INT "$other"
wait "$other" || true
rm "$SAMPLE/capture.pcap"
mergecap -F pcapng -I none -w "$SAMPLE/capture.pcapng" "$WORK/capture.pcap" "$WORK/other.pcap"
# mergecap names the recording machine's kernel in the section header's options: keep the header without them
python3 - "$SAMPLE/capture.pcapng" <<'PYTHON'
import struct, sys
with open(sys.argv[1], "rb") as file:
    data = file.read()
length = struct.unpack("<I", data[4:8])[0]
with open(sys.argv[1], "wb") as file:
    file.write(data[:4] + struct.pack("<I", 28) + data[8:24] + struct.pack("<I", 28) + data[length:])
PYTHON
fresh
expect_visit
