# One Sandcat session with the server at the addresses given, and what is expected of it: sandcat ADDRESS...; sourced after netns.sh.
sandcat() {
    local command
    background "$SERVER" python3 "$RECORD/../sandcat/talk.py" server "$@"
    for _ in "$@"; do await listening 8888; done
    record left0 "tcp port 8888"
    client python3 "$RECORD/../sandcat/talk.py" implant "$@"
    recorded
    fresh
    expect conn --service 8888=http
    expect http
    expect_row '{"@same":"conversation","kind":"message"}'
    expect_row '{"@only":{"kind":"message","side":"operator","type":"shell"}}'
    for command in "whoami" "uname -s" "ls /srv/staged"; do
        expect_row "{\"kind\":\"message\",\"family\":\"sandcat\",\"side\":\"operator\",\"type\":\"shell\",\"text\":\"$command\"}"
    done
}
