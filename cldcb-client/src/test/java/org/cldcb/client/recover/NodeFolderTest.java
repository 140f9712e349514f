package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.Network;
import org.cldcb.client.cln.LightningDir;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An hsm_secret gets its name once it is whole, and never takes another one's place. */
class NodeFolderTest {
  private static final byte[] SECRET = new byte[32];
  private static final String NAME = "hsm_secret";

  @TempDir private Path base;
  private Path network = Path.of("");
  private Path secret = Path.of("");

  @BeforeEach
  void place() throws IOException {
    network = Files.createDirectory(base.resolve("regtest"));
    secret = network.resolve(NAME);
  }

  /** What is written to under its name is half there after a power cut. */
  @Test
  void aSecretIsNotWrittenToUnderItsName() throws Exception {
    try (WatchService watch = network.getFileSystem().newWatchService()) {
      network.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      put();
      assertThat(eventsOf(watch)).containsExactly(StandardWatchEventKinds.ENTRY_CREATE);
    }
    assertThat(secret).hasBinaryContent(SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("r--------");
  }

  @Test
  void whatAKilledOneLeftIsRemoved() throws IOException {
    put();
    Path leftover = network.resolve(".cldcb-hsm_secret");
    Files.move(secret, leftover);

    put();
    assertThat(leftover).doesNotExist();
    assertThat(secret).hasBinaryContent(SECRET);
  }

  @Test
  void anotherSecretStays() throws IOException {
    Files.writeString(secret, "mine");

    assertThatThrownBy(this::put).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(secret).hasContent("mine");
    assertThat(network).isDirectoryNotContaining(file -> !file.equals(secret));
  }

  private void put() throws IOException {
    try (NodeFolder folder = NodeFolder.of(new LightningDir(base, new Network("regtest")))) {
      folder.putSecret(SECRET);
    }
  }

  /** All that happened to the secret so far: up to the event of a file that is made now. */
  private List<WatchEvent.Kind<?>> eventsOf(WatchService watch) throws Exception {
    Path last = Files.createFile(network.resolve("last"));
    List<WatchEvent.Kind<?>> kinds = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      WatchKey key = watch.take();
      for (WatchEvent<?> event : key.pollEvents()) {
        if (secret.getFileName().equals(event.context())) {
          kinds.add(event.kind());
        }
        ended |= last.getFileName().equals(event.context());
      }
      key.reset();
    }
    return kinds;
  }
}
