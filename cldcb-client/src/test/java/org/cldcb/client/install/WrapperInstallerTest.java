package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.cldcb.cli.Failure;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrapperInstallerTest {
  @TempDir private Path base;
  private Path path;

  @BeforeEach
  void paths() {
    path = LightningDir.wrapper(base);
  }

  @Test
  void wrapperIsThereForItsOwnerOnly() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      WrapperInstaller.install(base, wrapper);

      assertThat(permissions(path)).isEqualTo("rwx------");
      assertThat(permissions(path.getParent())).isEqualTo("rwx------");
      assertThat(Files.readAllBytes(path)).isEqualTo(WrapperFile.format(wrapper));
      assertThat(Files.readString(base.resolve("config")))
          .isEqualTo("important-plugin=" + path + "\n");
    }
  }

  @Test
  void doingItAgainChangesNothing() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      assertThat(WrapperInstaller.install(base, base.resolve("config"), wrapper)).isTrue();
      var before = Files.readAttributes(path, "unix:ino,ctime");
      var config = Files.readAttributes(base.resolve("config"), "unix:ino,ctime");

      assertThat(WrapperInstaller.install(base, base.resolve("config"), wrapper)).isFalse();

      assertThat(Files.readAttributes(path, "unix:ino,ctime")).isEqualTo(before);
      assertThat(Files.readAttributes(base.resolve("config"), "unix:ino,ctime")).isEqualTo(config);
    }
  }

  @Test
  void anotherTakesThePlaceOfTheOld() throws Exception {
    try (Wrapper old = TestWrapper.any();
        Wrapper next = TestWrapper.any()) {
      WrapperInstaller.install(base, old);
      assertThat(WrapperInstaller.install(base, base.resolve("config"), next)).isTrue();
      assertThat(Files.readAllBytes(path)).isEqualTo(WrapperFile.format(next));
    }
  }

  @Test
  void permissionsThatWereOpenedAreClosed() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      WrapperInstaller.install(base, wrapper);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      WrapperInstaller.install(base, wrapper);
      assertThat(permissions(path)).isEqualTo("rwx------");
    }
  }

  @Test
  void tombstoneGoes() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      WrapperInstaller.install(base, wrapper);
      Path tombstone = Files.createFile(LightningDir.tombstone(path));
      assertThat(tombstone).hasFileName("cldcb-plugin-wrapper.superseded");
      WrapperInstaller.install(base, wrapper);
      assertThat(tombstone).doesNotExist();
    }
  }

  @Test
  void nothingElseIsLeftInThePluginFolderOrBesideIt() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      // What a process left that died in between.
      Files.writeString(base.resolve(".cldcb-plugin-wrapper.new"), "half");
      WrapperInstaller.install(base, wrapper);
      assertThat(names(path.getParent())).containsExactly("cldcb-plugin-wrapper");
      assertThat(names(base)).containsExactlyInAnyOrder("plugins", "config");
    }
  }

  @Test
  void failureLeavesTheOldWrapperAsItWas() throws Exception {
    try (Wrapper wrapper = TestWrapper.any()) {
      // A folder in its place that isn't empty: the rename must fail.
      Files.createDirectories(path.resolve("full"));
      assertThatException().isThrownBy(() -> WrapperInstaller.install(base, wrapper));
      assertThat(path.resolve("full")).isDirectory();
      assertThat(names(base)).containsExactly("plugins");
    }
  }

  @Test
  void pathThatNoScriptCanHoldIsRefused() throws Exception {
    try (Wrapper some = TestWrapper.any()) {
      Wrapper wrapper =
          new Wrapper(
              some.identity(),
              some.server(),
              some.delegateKey(),
              some.delegation(),
              1,
              some.chunkIdKey(),
              some.database(),
              Path.of("/it's/cldcb-plugin"));
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> WrapperInstaller.install(base, wrapper))
          .withMessageContaining("quote");
      assertThat(path).doesNotExist();
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Stream<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
