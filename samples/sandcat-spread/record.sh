#!/usr/bin/env bash
# Synthetic: the same Sandcat session over three server addresses in turn: one conversation.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/sandcat.sh"

ip -n "$SERVER" addr add 198.51.100.21/24 dev right0
ip -n "$SERVER" addr add 198.51.100.22/24 dev right0
for address in 198.51.100.21 198.51.100.22; do ip -n "$CLIENT" neigh add "$address" lladdr 02:00:00:00:02:14 dev left0 nud permanent; done
sandcat "$SERVER4" 198.51.100.21 198.51.100.22
