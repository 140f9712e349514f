package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cldcb.e2e.rig.Executables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
