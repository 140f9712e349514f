package org.cldcb.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cldcb.client.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdCommandTest {
  @TempDir private Path base;

  @ParameterizedTest
  @CsvSource({
    "H32,02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f",
    "A,03cf3d6506b93e29f59839ff0d10459295d88466e97087b131aab53f426a4afe61"
  })
  void fromHsmSecret(String vector, String nodeId) throws Exception {
    hsmSecret(vector, base.resolve("regtest"));
    CommandLineRun run = run();

    assertThat(run.out()).isEqualToIgnoringNewLines(nodeId);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void fromHsmSecretInTheBaseFolder() throws Exception {
    hsmSecret("H32", base);
    assertThat(CommandLineRun.of("node-id", "--lightning-dir", base).out()).startsWith("02418db6");
  }

  @ParameterizedTest
  @CsvSource({
    "HENC,correct horse,02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f",
    "HMN,mnemo pass,023dbd27963201b594a236639dba54af1619a3b92aa93b17c9a876b61579779b27"
  })
  void withAPassphraseFromAFile(String vector, String passphrase, String nodeId) throws Exception {
    hsmSecret(vector, base.resolve("regtest"));
    Path file = Files.writeString(base.resolve("pass"), passphrase + "\n");
    CommandLineRun run = run("--passphrase-file", file);

    assertThat(run.out()).isEqualToIgnoringNewLines(nodeId);
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HENC", "HMN"})
  void aWrongPassphrase(String vector) throws Exception {
    hsmSecret(vector, base.resolve("regtest"));
    Path file = Files.writeString(base.resolve("pass"), "wrong");
    CommandLineRun run = run("--passphrase-file", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().count()).isEqualTo(1);
    assertThat(run.err()).startsWith("cldcb-client: can't use ").contains("passphrase is wrong");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HENC", "HMN"})
  void aPassphraseThatNobodyCanBeAskedFor(String vector) throws Exception {
    hsmSecret(vector, base.resolve("regtest"));
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it needs a passphrase, and nobody typed one");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aPassphraseIsReadOnlyIfThereIsOne() throws Exception {
    hsmSecret("H32", base.resolve("regtest"));
    assertThat(run("--passphrase-file", base.resolve("none")).exitCode()).isZero();
  }

  @Test
  void noSecret() {
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cldcb-client: no hsm_secret: ").contains("hint: ");
  }

  private CommandLineRun run(Object... more) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("node-id", "--lightning-dir", base), Stream.of(more)).toArray());
  }

  private static void hsmSecret(String vector, Path folder) throws Exception {
    Files.createDirectories(folder);
    try (InputStream in =
        NodeIdCommandTest.class.getResourceAsStream("/vectors/hsm/hsm_secret." + vector)) {
      Files.copy(in, folder.resolve("hsm_secret"));
    }
  }
}
