# What an operator types into a reverse shell, slowly, and what is expected of it; sourced after netns.sh.
COMMANDS=("id -u" "uname -s" "echo hark-sample-marker" "ls /etc/os-release" "exit")
ANSWERS=("0" "Linux" "hark-sample-marker" "/etc/os-release")
type_commands() {
    local line
    sleep 0.6
    for line in "${COMMANDS[@]}"; do
        echo "$line"
        sleep 0.4
    done
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
