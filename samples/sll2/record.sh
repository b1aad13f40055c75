#!/usr/bin/env bash
# DNS and HTTP recorded on all interfaces: Linux cooked capture, version 2.
. "$(dirname "$0")/../record/netns.sh"

serve_both "$SERVER4"
record any "host $SERVER4" -y LINUX_SLL2
visit "$SERVER4"
recorded
expect_visit
