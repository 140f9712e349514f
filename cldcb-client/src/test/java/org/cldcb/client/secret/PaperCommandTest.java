package org.cldcb.client.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cldcb.client.CommandLineRun;
import org.cldcb.crypto.HsmSecret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperCommandTest {
  @TempDir private Path base;
  private Path hsmSecret = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void makeFolder() throws Exception {
    hsmSecret = Files.createDirectory(base.resolve("regtest")).resolve("hsm_secret");
    out = base.resolve("sheet.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "H32,'','32 bytes (nodes made before v25.12)',02418db6",
    "HENC,correct horse,'32 bytes, encrypted with a passphrase',02418db6",
    "A,'',words without passphrase,03cf3d65",
    "HMN,mnemo pass,words with a passphrase,023dbd27"
  })
  void theSheetWithoutTheSecret(String vector, String passphrase, String kind, String nodeId)
      throws Exception {
    put(vector);
    CommandLineRun run = run("--passphrase-file", file(passphrase));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(nodeId, "regtest", kind, "The secret isn't on this sheet")
        .doesNotContain("a7b5", "vacuum", "chuckle", "state");
    assertFitsOnAPage(run.out());
    assertThat(run.err()).contains("warning: no server is known here");
  }

  /** What a file of this kind comes back as, typed in again. */
  @ParameterizedTest
  @CsvSource({"H32,'',H32", "HENC,correct horse,H32", "A,'',A", "HMN,mnemo pass,HMN"})
  void theSecretOnASheetCanBeTypedInAgain(String vector, String passphrase, String result)
      throws Exception {
    put(vector);
    Object[] options = {"--passphrase-file", file(passphrase), "--secret", "--out", out, "--yes"};
    CommandLineRun run = run(options);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("wrote " + out);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
    String sheet = Files.readString(out);
    assertFitsOnAPage(sheet);
    assertThat(typedIn(sheet, passphrase)).isEqualTo(content(result));
    assertThat(sheet.contains("the passphrase doesn't protect")).isEqualTo(vector.equals("HENC"));
    assertThat(sheet.contains("without their passphrase")).isEqualTo(vector.equals("HMN"));
    assertThat(sheet).doesNotContain("correct horse", "mnemo pass");

    assertThat(run(options).err()).contains("not written: " + out + " is there already");
    assertThat(Files.readString(out)).isEqualTo(sheet);
  }

  @Test
  void aSheetThatCannotBeWritten() throws Exception {
    put("H32");
    CommandLineRun run = run("--secret", "--yes", "--out", base.resolve("gone/sheet.txt"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("not written: " + base.resolve("gone/sheet.txt"));
  }

  @Test
  void theSecretGoesNowhereElse() throws Exception {
    put("H32");
    CommandLineRun piped = run("--secret", "--yes");
    assertThat(piped.exitCode()).isEqualTo(2);
    assertThat(piped.err()).contains("to a terminal or to a file only");

    CommandLineRun unconfirmed = run("--secret", "--out", out);
    assertThat(unconfirmed.exitCode()).isEqualTo(2);
    assertThat(unconfirmed.err()).contains("nobody is there to answer").contains("02418db6");
    for (CommandLineRun run : List.of(piped, unconfirmed)) {
      assertThat(run.out() + run.err()).doesNotContain("a7b5");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutHsmSecret() {
    CommandLineRun run = run("--secret", "--out", out, "--yes");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no hsm_secret to print");
    assertThat(out).doesNotExist();
  }

  private static void assertFitsOnAPage(String sheet) {
    assertThat(sheet.lines().count()).isLessThan(60);
    assertThat(sheet.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(80);
  }

  /** The lines of the secret, an empty one after them, as an operator would. */
  private static byte[] typedIn(String sheet, String passphrase) throws Exception {
    List<String> lines =
        sheet.lines().dropWhile(line -> !line.startsWith("THE SECRET")).skip(2).toList();
    try (HsmSecret secret =
        new PaperReader(
                number -> lines.get(number - 1).getBytes(StandardCharsets.US_ASCII),
                () -> passphrase.getBytes(StandardCharsets.US_ASCII),
                check -> {})
            .read()) {
      return secret.file();
    }
  }

  private CommandLineRun run(Object... more) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("paper", "--lightning-dir", base), Stream.of(more)).toArray());
  }

  private Path file(String passphrase) throws Exception {
    return Files.writeString(base.resolve("passphrase"), passphrase + "\n");
  }

  private void put(String vector) throws Exception {
    Files.write(hsmSecret, content(vector));
  }

  private static byte[] content(String vector) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            PaperCommandTest.class.getResourceAsStream("/vectors/hsm/hsm_secret." + vector))) {
      return in.readAllBytes();
    }
  }
}
