package org.cldcb.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
  @ValueSource(strings = {"HENC", "HMN"})
  void passphraseNeedsARunningNode(String vector) throws Exception {
    hsmSecret(vector, base.resolve("regtest"));
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("passphrase").contains("hint: do this while lightningd runs");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void noSecret() {
    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cldcb-client: no hsm_secret: ").contains("hint: ");
  }

  private CommandLineRun run() {
    return CommandLineRun.of("node-id", "--lightning-dir", base);
  }

  private static void hsmSecret(String vector, Path folder) throws Exception {
    Files.createDirectories(folder);
    try (InputStream in =
        NodeIdCommandTest.class.getResourceAsStream("/vectors/hsm/hsm_secret." + vector)) {
      Files.copy(in, folder.resolve("hsm_secret"));
    }
  }
}
