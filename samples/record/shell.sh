# What an operator types into a reverse shell, slowly, and what is expected of it; sourced after netns.sh.
COMMANDS=("id -u" "uname -s" "echo hark-sample-marker" "ls /etc/os-release" "exit")
ANSWERS=("0" "Linux" "hark-sample-marker" "/etc/os-release")
connected() { server ss -Htn state established "sport = :$1" | grep -q .; }
# type_commands PORT: each line once the one before is answered in $WORK/seen
type_commands() {
    local i
    await connected "$1"
    for i in "${!COMMANDS[@]}"; do
        sleep 0.4
        echo "${COMMANDS[i]}"
        [ -z "${ANSWERS[i]:-}" ] || await grep -qx -- "${ANSWERS[i]}" "$WORK/seen"
    done
    sleep 0.4
}
# expect_shell FIELD:JSON...: one message a line, the operator's and the implant's
expect_shell() {
    local i extra=""
    for field in "$@"; do extra+=",$field"; done
    for i in "${!COMMANDS[@]}"; do
        expect_row "{\"kind\":\"message\",\"side\":\"operator\",\"text\":\"${COMMANDS[i]}\"$extra}"
        [ -z "${ANSWERS[i]:-}" ] || expect_row "{\"kind\":\"message\",\"side\":\"implant\",\"text\":\"${ANSWERS[i]}\"$extra}"
    done
}
