package io.hark.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareNameTest {

    @ParameterizedTest
    @CsvSource({
        "curl/7.88.1, curl, 7.88.1,",
        "nginx/1.22.1 (Ubuntu), nginx, 1.22.1,",
        "Apache/2.4.57-dev OpenSSL/3.0, Apache, 2.4.57, -dev",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3, OpenSSH, 9.2, p1",
        "SSH-2.0-dropbear, dropbear, ,",
        "SSH-2.0-libssh2_1.10.0, libssh2, 1.10.0,",
        "'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', Firefox, 128.0,",
        "'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"
                + " Safari/537.36 Edg/120.0.2210.91', Edge, 120.0.2210.91,",
        "'Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', MSIE, 11.0,",
        "'Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)', MSIE, 6.0,",
        "Microsoft Outlook 16.0, Microsoft, ,",
        "x/99999999999999999999, x, 999999999, 99999999999"
    })
    void a_program_says_its_name_and_version(
            String claim, String name, String numbers, String addl) {
        SoftwareName read = SoftwareName.of(claim);

        assertThat(read.name()).isEqualTo(name);
        assertThat(
                        Arrays.stream(read.numbers())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(".")))
                .isEqualTo(numbers == null ? "" : numbers);
        assertThat(read.addl()).isEqualTo(addl);
    }
}
