#!/usr/bin/env bash
# Synthetic: talk.py plays Caldera's Sandcat and its server over HTTP, three commands and their results on one connection.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/sandcat.sh"

sandcat "$SERVER4"
