package io.hark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private static final Pattern TECHNIQUE = Pattern.compile("\"(T1\\d{3}(?:\\.\\d{3})?)\"");

    @Test
    void every_technique_that_the_code_names_has_a_name_of_its_own() throws IOException {
        Set<String> known =
                Knowledge.resource("words.tsv")
                        .lines()
                        .map(line -> line.split("\t")[0])
                        .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                TECHNIQUE
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(found -> used.add(found.group(1)));
            }
        }

        assertThat(used).isNotEmpty().isSubsetOf(known);
    }
}
