package org.cldcb.server.net;

import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.nio.file.Path;
import org.cldcb.crypto.PrivateKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What most tests of the server begin with: a node on the allow-list, and its delegate's claim. */
abstract class ClaimedNode {
  final TestNode node = new TestNode();
  final PrivateKey delegate = newDelegate();
  final StoreSpy spy = new StoreSpy();

  @TempDir Path directory;
  ServerRig server;

  @BeforeEach
  void start() throws IOException {
    server = ServerRig.start(directory, limits(), spy::before);
    server.store().allow(node.id(), "");
    node.takeOver(server.contact(), delegate);
  }

  /** The server's. */
  Limits limits() {
    return Limits.DEFAULT;
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
