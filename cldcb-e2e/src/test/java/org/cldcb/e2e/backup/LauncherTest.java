package org.cldcb.e2e.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

  @Test
  void thePluginUsesItsClassArchive() throws Exception {
    Path lib = Executables.home().resolve("lib");
    assertThat(mapped(Executables.home())).contains(lib.resolve("cldcb-plugin.jsa").toString());
  }

  /** The JVM would warn on stdout, where lightningd expects JSON. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClassArchiveThatDoesNotFitIsPassedOver(boolean garbage) throws Exception {
    Path home = Executables.home();
    Files.createDirectories(temp.resolve("bin"));
    Files.createDirectories(temp.resolve("lib"));
    Files.copy(home.resolve("bin/cldcb-plugin"), temp.resolve("bin/cldcb-plugin"));
    for (String name : List.of("lib/java-flags.sh", "lib/cldcb-plugin.jar")) {
      Files.copy(home.resolve(name), temp.resolve(name));
    }
    Path archive = temp.resolve("lib/cldcb-plugin.jsa");
    if (garbage) {
      Files.writeString(archive, "no archive");
    } else {
      Files.copy(home.resolve("lib/cldcb-server.jsa"), archive);
    }
    assertThat(mapped(temp)).contains("libjvm.so");
  }

  /** What is mapped into the memory of a plugin that has answered its manifest, and only that. */
  private static String mapped(Path home) throws Exception {
    Process plugin =
        new ProcessBuilder(home.resolve("bin/cldcb-plugin").toString(), "no-wrapper")
            .redirectErrorStream(true)
            .start();
    try (OutputStream calls = plugin.getOutputStream();
        BufferedReader answers = plugin.inputReader(StandardCharsets.UTF_8)) {
      calls.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getmanifest\"}".getBytes(US_ASCII));
      calls.flush();
      assertThat(answers.readLine()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\"");
      return Files.readString(Path.of("/proc", Long.toString(plugin.pid()), "maps"));
    } finally {
      plugin.destroyForcibly();
    }
  }
}
