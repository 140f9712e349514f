package org.cldcb.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against plugins that are a few lines of shell, and the one that the bench compiles. */
class HookDriverTest {
  private static final String MANIFEST =
      "read m; read e; printf '{\"id\":\"bench\",\"result\":{}}\\n\\n'\nread m; read e\n";

  @TempDir Path temp;

  @Test
  void theNullPluginContinuesWhateverTheSize() throws Exception {
    Optional<Path> plugin = NullPlugin.compile(temp.resolve("null"));
    Assumptions.assumeTrue(plugin.isPresent(), "no C compiler");
    try (HookDriver driver = HookDriver.start(plugin.get(), temp)) {
      for (int size : new int[] {0, 1, 65_536, 400_000}) {
        byte[] request = HookDriver.dbWrite(7, List.of("INSERT '\n\n\"" + "x".repeat(size) + "'"));

        assertThat(driver.hook(request)).isPositive();
      }
    }
  }

  @Test
  void linesForTheLogBeforeTheAnswerAreReadOver() throws Exception {
    Path plugin =
        plugin(
            "printf '{\"method\":\"log\",\"params\":{\"message\":\"no \\\\\"id\\\\\":\"}}\\n\\n'\n"
                + "printf '{\"id\":\"bench\",\"result\":{\"result\":\"continue\"}}\\n\\n'\ncat\n");
    try (HookDriver driver = HookDriver.start(plugin, temp)) {
      assertThat(driver.hook(HookDriver.dbWrite(1, List.of("INSERT")))).isPositive();
    }
  }

  @Test
  void anythingButContinueFails() throws Exception {
    Path plugin = plugin("printf '{\"id\":\"bench\",\"result\":{\"result\":\"halt\"}}\\n\\n'\n");
    try (HookDriver driver = HookDriver.start(plugin, temp)) {
      assertThatThrownBy(() -> driver.hook(HookDriver.dbWrite(1, List.of("INSERT"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("halt");
    }
  }

  @Test
  void aPluginThatEndsFails() throws Exception {
    try (HookDriver driver = HookDriver.start(plugin("exit 1\n"), temp)) {
      assertThatThrownBy(() -> driver.hook(HookDriver.dbWrite(1, List.of("INSERT"))))
          .isInstanceOf(EOFException.class);
    }
  }

  private Path plugin(String answer) throws IOException {
    Path script = temp.resolve("plugin");
    Files.writeString(script, "#!/bin/sh\n" + MANIFEST + answer);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
