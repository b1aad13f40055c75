package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppsTest {

    private final Apps apps = Apps.read();

    @Test
    void the_longest_name_that_fits_counts() {
        assertThat(apps.of("r3---sn-5go7yn7s.googlevideo.com")).isEqualTo("YouTube");
        assertThat(apps.of("upload.youtube.com")).isEqualTo("YouTubeUpload");
        assertThat(apps.of("WWW.YouTube.com")).isEqualTo("YouTube");
    }

    @Test
    void a_name_that_only_ends_alike_is_another() {
        assertThat(apps.of("notslack.com")).isNull();
        assertThat(apps.of("com")).isNull();
        assertThat(apps.of("")).isNull();
    }
}
