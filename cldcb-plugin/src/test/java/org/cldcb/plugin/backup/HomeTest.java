package org.cldcb.plugin.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Network;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin works only for the lightningd that its wrapper is for. */
class HomeTest {
  @TempDir private Path temp;
  private Path started;
  private Path wrapperFile;

  @BeforeEach
  void folders() throws IOException {
    started = Files.createDirectories(temp.resolve("node/regtest"));
    wrapperFile = temp.resolve("node/plugins/cldcb-plugin-wrapper");
  }

  @Test
  void theNodesOwnFolderWillDo() {
    accepts(wrapperFile, started.resolve("lightningd.sqlite3"));
  }

  @Test
  void soWillAFolderByAnotherName() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("node"));
    accepts(link.resolve("plugins/cldcb-plugin-wrapper"), link.resolve("regtest/db"));
  }

  @Test
  void theDatabaseMayLieElsewhere() {
    accepts(wrapperFile, Path.of("/elsewhere/db"));
  }

  @Test
  void theWrapperMayLieElsewhere() {
    accepts(Path.of("/elsewhere/cldcb-plugin-wrapper"), started.resolve("lightningd.sqlite3"));
  }

  @Test
  void theWrapperOfACopiedFolderWillNot() throws Exception {
    Files.createDirectories(temp.resolve("old/regtest"));
    Path old = temp.resolve("old/plugins/cldcb-plugin-wrapper");
    assertThatIOException()
        .isThrownBy(() -> require(old, temp.resolve("old/regtest/lightningd.sqlite3")))
        .withMessageContaining("lightningd runs in " + started)
        .withMessageContaining("is for " + temp.resolve("old/regtest"));
  }

  @Test
  void norWillTheWrapperOfAFolderThatWasMovedAway() {
    Path old = temp.resolve("gone/plugins/cldcb-plugin-wrapper");
    assertThatIOException()
        .isThrownBy(() -> require(old, temp.resolve("gone/regtest/lightningd.sqlite3")));
  }

  private void accepts(Path file, Path database) {
    assertThatCode(() -> require(file, database)).doesNotThrowAnyException();
  }

  private void require(Path file, Path database) throws Exception {
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[HsmSecret.SECRET_BYTES];
    random.nextBytes(secret);
    PrivateKey delegate = PrivateKey.generate(random);
    try (NodeKey node = HsmSecret.parse(secret);
        Wrapper wrapper =
            new Wrapper(
                new Identity(new Network("regtest"), node.nodeId()),
                new Contact(node.nodeId(), "127.0.0.1", 9736),
                delegate,
                Delegation.delegate(node, delegate.publicKey()),
                1,
                new byte[32],
                database,
                Path.of("/cldcb-plugin"))) {
      Home.require(file, wrapper, started);
    }
  }
}
