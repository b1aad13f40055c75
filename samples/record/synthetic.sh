# For samples that a script builds byte by byte; sourced by samples/*/record.sh. Needs python3 and tshark.
set -euo pipefail

SAMPLE=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
RECORD=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export TZ=UTC LC_ALL=C

expect() { python3 "$RECORD/expect.py" "$SAMPLE/capture.pcap" "$@" >>"$SAMPLE/expected.jsonl"; }
expect_row() { printf '%s\n' "$1" >>"$SAMPLE/expected.jsonl"; }
fresh() { : >"$SAMPLE/expected.jsonl"; }
