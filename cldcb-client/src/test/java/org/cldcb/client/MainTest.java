package org.cldcb.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"install", "recover", "status", "node-id"})
  void everyCommandHelpsWithAnExample(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Example:", "cldcb-client " + command, "--lightning-dir");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpNamesTheCommands() {
    CommandLineRun run = CommandLineRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("install", "recover", "status", "node-id", "Example:", "Exit codes");
  }

  @Test
  void version() {
    assertThat(CommandLineRun.of("--version").out()).startsWith("cldcb-client ");
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly("cldcb-client: a command is missing", "hint: run: cldcb-client --help");
  }

  @Test
  void unknownOptionIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of("status", "--nonsense");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "cldcb-client: Unknown option: '--nonsense'", "hint: run: cldcb-client status --help");
  }

  @Test
  void contactOutOfShapeIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of("install", "--server", "example.com:9736");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--server", "not a contact").contains("hint: ");
  }

  @Test
  void networkOutOfShapeIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of("install", "--network", "../etc");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--network", "not the name of a network");
  }
}
