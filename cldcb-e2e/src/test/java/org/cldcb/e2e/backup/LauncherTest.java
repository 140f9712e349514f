package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cldcb.e2e.rig.Executables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  /** Makes a folder with an umlaut by itself: the locale of this test may not know any. */
  private static final String SCRIPT =
      """
      dir=$1/$(printf 'j\\303\\266')
      mkdir -p "$dir/regtest"
      printf %032d 1 >"$dir/regtest/hsm_secret"
      LC_ALL=C exec "$2" node-id --lightning-dir="$dir" --network=regtest
      """;

  @TempDir Path temp;

  @Test
  void pathsAreReadAsUtf8WhereTheLocaleIsAscii() throws Exception {
    String client = Executables.home().resolve("bin/cldcb-client").toString();
    Process process =
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", temp.toString(), client)
            .redirectErrorStream(true)
            .start();
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(all).matches("0[23][0-9a-f]{64}\n");
    assertThat(process.waitFor()).isZero();
  }

  /** A core file would be a copy of the memory, keys and all. */
  @ParameterizedTest
  @ValueSource(strings = {"cldcb-client", "cldcb-plugin", "cldcb-server"})
  void noneLeavesACoreFile(String executable) throws Exception {
    Path java = temp.resolve("java");
    Files.writeString(java, "#!/bin/sh\nulimit -c\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    String launcher = Executables.home().resolve("bin").resolve(executable).toString();
    // 1 is what it would inherit; a system that allows no core files at all can't show anything.
    String script = "ulimit -c 1 || exit 77; CLDCB_JAVA=$1 exec \"$2\"";
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", java.toString(), launcher).start();
    String limit = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    assumeThat(exit).isNotEqualTo(77);
    assertThat(limit).isEqualTo("0\n");
  }
}
