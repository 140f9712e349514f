package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLineTest {
  @TempDir private Path folder;
  private Path config;
  private Path wrapper;

  @BeforeEach
  void paths() {
    config = folder.resolve("config");
    wrapper = folder.resolve("plugins/cldcb-plugin-wrapper");
  }

  @Test
  void addsItsLineOnce() throws Exception {
    Files.writeString(config, "network=regtest\n");
    assertThat(ConfigLine.isPresent(config, wrapper)).isFalse();

    ConfigLine.add(config, wrapper);
    ConfigLine.add(config, wrapper);

    assertThat(config).hasContent("network=regtest\nimportant-plugin=" + wrapper + "\n");
    assertThat(ConfigLine.isPresent(config, wrapper)).isTrue();
  }

  @Test
  void startsItsOwnLine() throws Exception {
    Files.writeString(config, "alias=no newline");
    ConfigLine.add(config, wrapper);
    assertThat(Files.readAllLines(config))
        .containsExactly("alias=no newline", "important-plugin=" + wrapper);
  }

  @Test
  void makesTheFileIfThereIsNone() throws Exception {
    ConfigLine.add(config, wrapper);
    assertThat(Files.readString(config)).isEqualTo("important-plugin=" + wrapper + "\n");
    assertThat(folder.resolve("config.before-cldcb")).doesNotExist();
  }

  @Test
  void keepsWhatWasThereBeforeTheFirstTime() throws Exception {
    Files.writeString(config, "a=1\n");
    ConfigLine.add(config, wrapper);
    ConfigLine.add(config, folder.resolve("other"));
    assertThat(folder.resolve("config.before-cldcb")).hasContent("a=1\n");
  }

  @Test
  void takesThePlaceOfAnotherFoldersWrapper() throws Exception {
    Files.writeString(
        config,
        "a=1\nimportant-plugin=/old/plugins/cldcb-plugin-wrapper\nimportant-plugin=/x\nb=2\n");
    ConfigLine.add(config, wrapper);
    assertThat(Files.readAllLines(config))
        .containsExactly("a=1", "important-plugin=/x", "b=2", "important-plugin=" + wrapper);
  }

  @Test
  void commentsAndOtherPathsAreNotTheLine() throws Exception {
    Files.writeString(
        config, "#important-plugin=" + wrapper + "\nimportant-plugin=" + wrapper + "2\n");
    assertThat(ConfigLine.isPresent(config, wrapper)).isFalse();
  }

  @Test
  void keepsBytesAndPermissions() throws Exception {
    byte[] odd = {'a', '=', (byte) 0xff, (byte) 0xfe, '\r', '\n'};
    Files.write(config, odd);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));

    ConfigLine.add(config, Path.of("/ö/wrapper"));

    assertThat(Files.readAllBytes(config))
        .startsWith(odd)
        .endsWith("/ö/wrapper\n".getBytes("UTF-8"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-r-----");
    assertThat(ConfigLine.isPresent(config, Path.of("/ö/wrapper"))).isTrue();
  }

  @Test
  void linkStaysALink() throws Exception {
    Path real = Files.writeString(folder.resolve("real.conf"), "a=1\n");
    Files.createSymbolicLink(config, real);
    ConfigLine.add(config, wrapper);
    assertThat(config).isSymbolicLink();
    assertThat(real).content().contains("important-plugin=");
  }

  @Test
  void leavesNothingElseBehind() throws Exception {
    Files.writeString(config, "a=1\n");
    ConfigLine.add(config, wrapper);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config", "config.before-cldcb");
    }
  }
}
