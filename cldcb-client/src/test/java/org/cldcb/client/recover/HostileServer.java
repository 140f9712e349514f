package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sound backup on a server that a test then tampers with: whatever it does is refused for its own
 * reason, and no file stays.
 */
abstract class HostileServer {
  static final int BASE_VERSION = 7;
  static final int RECORDS = 8;

  final TestNode node = new TestNode();
  final ScriptedServer server = node.server;
  byte[] database = new byte[0];
  @TempDir Path folder;

  @BeforeEach
  void backUp() {
    database =
        Databases.of(
            Databases.VARS,
            "INSERT INTO vars VALUES('data_version', " + BASE_VERSION + ", NULL)",
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES(randomblob(20000))");
    node.claim();
    node.startChain(database, BASE_VERSION);
    for (int i = 1; i <= RECORDS; i++) {
      node.write("INSERT INTO t VALUES(" + i + ")", Databases.version(BASE_VERSION + i));
    }
  }

  @AfterEach
  void noFileStays() {
    assertThat(folder).isEmptyDirectory();
  }

  @AfterEach
  void noThreadStays() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("cldcb-")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  final void refused(Reason reason, String message) {
    ChainException refusal = catchThrowableOfType(ChainException.class, this::recover);
    assertThat(refusal).isNotNull().hasMessageContaining(message);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(folder).isEmptyDirectory();
  }

  private void recover() throws IOException {
    Target target = new Target(folder.resolve("out.sqlite3"));
    new FileRecovery(target, node.source(), new TestTerminal().terminal(), InstantSource.system())
        .run();
  }
}
