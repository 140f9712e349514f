package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.e2e.rig.FakeLightningd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server on a real file system that somebody else fills to its last byte: what {@link
 * ServerDiskTest} plays, by the kernel. Only root may mount one.
 */
class FullFilesystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** What the server keeps free, 256 MiB, and some to begin with. */
  private static final String SIZE = "300m";

  /** Enough for a session to begin, not for a base. */
  private static final int LITTLE = 16 << 20;

  @TempDir Path temp;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("server"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=700", "none", disk.toString())
            == 0,
        "no file system can be mounted here: that takes root");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void theNodeWaitsUntilThereIsRoomAndNothingIsLost() throws Exception {
    try (Site site = new Site(temp)) {
      site.installed();
      site.node().boot();
      site.node().writes(20);
      Path ballast = fill();

      CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(5));
      awaitFull(site.node(), 1);
      site.server().kill9();
      site.serverComesBack();
      assertThat(write).isNotDone();

      Files.delete(ballast);
      write.get(SOON.toSeconds(), TimeUnit.SECONDS);
      site.assertRecoverable();
    }
  }

  /** However often it must begin anew. */
  @Test
  void aFullBackupThatFindsNoRoomIsAnnouncedOnce() throws Exception {
    try (Site site = new Site(temp)) {
      site.installed();
      Path ballast = fill();
      try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - LITTLE);
      }
      CompletableFuture<Void> boot = CompletableFuture.runAsync(() -> site.node().boot());
      awaitFull(site.node(), 1);
      site.server().kill9();
      site.serverComesBack();
      awaitFull(site.node(), 2);
      assertThat(boot).isNotDone();

      Files.delete(ballast);
      boot.get(SOON.toSeconds(), TimeUnit.SECONDS);
      assertThat(said(site.node(), "making a full backup")).isEqualTo(1);
      site.assertRecoverable();
    }
  }

  private static void awaitFull(FakeLightningd node, int times) {
    node.log().await(line -> said(node, "disk is full") >= times, SOON);
  }

  private static long said(FakeLightningd node, String part) {
    return node.log().messages("unusual").stream().filter(line -> line.contains(part)).count();
  }

  private Path fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.write(ByteBuffer.allocate(1 << 16));
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
    }
    return ballast;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
