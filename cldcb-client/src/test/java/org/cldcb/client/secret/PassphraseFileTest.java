package org.cldcb.client.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.cli.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassphraseFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'correct horse\n', correct horse",
    "'correct horse', correct horse",
    "'first\nsecond\n', first",
    "' blanks stay \n', ' blanks stay '",
    "'\n', ''",
    "'a carriage return stays\r\n', 'a carriage return stays\r'",
    "'to C this ends\0here', to C this ends",
    "'Übung\n', Übung",
  })
  void isTheFirstLineByteForByte(String content, String passphrase) throws Exception {
    Path file = Files.writeString(folder.resolve("pass"), content);
    assertThat(new PassphraseFile(file).ask())
        .isEqualTo(passphrase.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aHyphenIsStdin() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("from a pipe\n".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(new PassphraseFile(Path.of("-")).ask()).asString().isEqualTo("from a pipe");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatCannotBeOne() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path huge = Files.writeString(folder.resolve("huge"), "a".repeat(1 << 17));

    fails(empty, "is empty");
    fails(huge, "more than 64 KiB");
    fails(folder.resolve("none"), "isn't there");
    fails(folder, "can't read");
  }

  private static void fails(Path file, String why) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new PassphraseFile(file).ask())
        .withMessageContaining(why)
        .matches(e -> e.exitCode() == 1);
  }
}
