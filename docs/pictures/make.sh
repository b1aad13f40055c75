#!/usr/bin/env bash
# Makes the pictures in this folder again, from our own samples: needs chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

# shot NAME SAMPLE WIDTH HEIGHT SCHEME: the upper part of the page of a sample's case; scheme 0 is dark, 1 light
shot() {
  cp "samples/$2/capture.pcap" "$WORK/$2.pcap"
  local hark=$PWD/hark
  (cd "$WORK" && "$hark" analyze "$2.pcap" --out case > /dev/null 2>&1)
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$WORK/profile" \
    --force-device-scale-factor=0.8 --blink-settings=preferredColorScheme="$5" --window-size="$3,$4" \
    --screenshot="$PWD/docs/pictures/$1.png" "file://$WORK/case/report.html" 2> /dev/null
}

shot report-beacon beacon 1300 1420 1
shot report-sandcat sandcat 1300 2040 0
