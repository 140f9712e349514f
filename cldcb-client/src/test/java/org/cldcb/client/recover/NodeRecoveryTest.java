package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.cldcb.chain.Claim;
import org.cldcb.cli.Failure;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.link.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node comes back, and its backup is claimed at exactly what came back. */
class NodeRecoveryTest {
  private static final long DAY = 86_400;
  private static final Path PLUGIN = Path.of("/opt/cldcb/bin/cldcb-plugin");

  private final TestNode node = new TestNode();
  private final TestTerminal terminal = new TestTerminal();
  private final Access access = node.access();
  private Instant now = Instant.ofEpochSecond(TestNode.CLOCK + DAY + 60);
  private boolean takeOver;
  private Path network = Path.of("");
  @TempDir private Path folder;

  @BeforeEach
  void backUp() throws IOException {
    network = folder.resolve("regtest");
    Files.write(folder.resolve("hsm_secret"), node.hsmSecret);
    node.claim();
    node.startChain(new byte[0], 0);
    node.firstWrite(Databases.VARS, "INSERT INTO vars VALUES('data_version', 1, NULL)");
    node.write(Databases.version(2));
  }

  @Test
  void everythingThatLightningdNeedsIsPutInPlace() throws IOException {
    recover();

    Path database = network.resolve("lightningd.sqlite3");
    assertThat(Databases.query(database, "SELECT intval FROM vars")).containsExactly("2");
    assertThat(mode(database)).isEqualTo("rw-------");
    assertThat(mode(network)).isEqualTo("rwx------");
    assertThat(network.resolve("hsm_secret")).hasBinaryContent(node.hsmSecret);
    assertThat(mode(network.resolve("hsm_secret"))).isEqualTo("r--------");
    assertThat(filesIn(network)).containsExactly("hsm_secret", "lightningd.sqlite3");
    assertThat(terminal.err()).contains("copied " + folder.resolve("hsm_secret"));
    assertThat(terminal.out())
        .contains("recovered node " + node.identity.nodeId() + " on regtest")
        .contains("data_version 2")
        .contains("24 h ago")
        .contains("claim 2: the old node can't write any more")
        .contains("next: start lightningd");
  }

  @Test
  void theWrapperSaysAllThatThePluginNeeds() throws IOException {
    recover();

    Path path = folder.resolve("plugins").resolve(WrapperFile.NAME);
    try (Wrapper wrapper = WrapperFile.read(path)) {
      assertThat(wrapper.identity()).isEqualTo(node.identity);
      assertThat(wrapper.server()).isEqualTo(access.server());
      assertThat(wrapper.delegateKey().publicKey()).isEqualTo(access.delegateKey().publicKey());
      assertThat(wrapper.claim()).isEqualTo(2);
      assertThat(wrapper.chunkIdKey()).isEqualTo(node.chunkIdKey);
      assertThat(wrapper.database()).isEqualTo(network.resolve("lightningd.sqlite3"));
      assertThat(wrapper.pluginExecutable()).isEqualTo(PLUGIN);
    }
    assertThat(Files.readString(folder.resolve("config"))).contains("important-plugin=" + path);
  }

  @Test
  void theClaimIsSoundAndMadeAtWhatWasRecovered() throws IOException {
    recover();

    assertThat(node.server.claims).hasSize(2);
    Claim claim = node.server.claims.get(1).claim();
    assertThat(claim.delegate()).isEqualTo(access.delegateKey().publicKey());
    assertThat(claim.isValid(node.identity.nodeId(), node.serverKey)).isTrue();
    assertThat(node.server.claims.get(1).head()).isEqualTo(node.server.head);
  }

  @Test
  void whatIsWrittenMeanwhileIsFetchedBeforeTheClaim() throws IOException {
    takeOver = true;
    long[] writes = {0};
    node.server.meanwhile =
        () -> {
          if (writes[0]++ < 7) {
            node.write(Databases.version(node.server.head.dataVersion() + 1));
          }
        };

    recover();

    assertThat(Databases.query(network.resolve("lightningd.sqlite3"), "SELECT intval FROM vars"))
        .containsExactly("9");
    assertThat(node.server.claims.get(1).head()).isEqualTo(node.server.head);
  }

  @Test
  void aNodeThatNeverStopsWritingIsNotClaimed() {
    takeOver = true;
    node.server.meanwhile = () -> node.write(Databases.version(node.server.head.dataVersion() + 1));

    assertThat(failure()).hasMessageContaining("the old node keeps writing");
    nothingChanged();
  }

  @Test
  void aNodeThatMayBeAliveIsTakenOverOnlyIfThatIsSaid() throws IOException {
    now = Instant.ofEpochSecond(TestNode.CLOCK + 3060);

    Failure failure = failure();
    assertThat(failure.exitCode()).isEqualTo(Failure.USAGE);
    assertThat(failure).hasMessageContaining("50 min old");
    assertThat(failure.hints().toString()).contains("--take-over");
    nothingChanged();

    takeOver = true;
    recover();
    assertThat(network.resolve("lightningd.sqlite3")).exists();
  }

  @Test
  void aNodeThatMayBeAliveByTheServersWordIsNotEvenRead() {
    node.server.ageSeconds = 60;

    assertThat(failure()).hasMessageContaining("the last write is 60 s old");
    assertThat(node.server.sessions).isEqualTo(1);
    nothingChanged();
  }

  @Test
  void aNodeThatComesToLifeMeanwhileIsNotTakenOver() {
    node.server.meanwhile =
        () -> {
          if (node.server.sessions == 2) {
            now = Instant.ofEpochSecond(TestNode.CLOCK + node.server.head.seq());
            node.write(Databases.version(3));
          }
        };

    assertThat(failure()).hasMessageContaining("the old node may be alive");
    nothingChanged();
  }

  @Test
  void aSlowDeviceSignsTheClaimOnceHoweverOftenTheHeadMoves() throws IOException {
    takeOver = true;
    node.server.meanwhile =
        () -> {
          if (node.server.sessions > 2 && node.server.head.seq() < 8) {
            node.write(Databases.version(node.server.head.dataVersion() + 1));
          }
        };

    recover();

    assertThat(node.server.sessions).isGreaterThan(4);
    assertThat(node.texts).hasSize(1).allMatch(text -> text.startsWith("cldcb claim 2 "));
  }

  @Test
  void aRunningNodeIsRefused() throws IOException {
    Files.createDirectory(network);
    try (ServerSocketChannel rpc = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      rpc.bind(UnixDomainSocketAddress.of(network.resolve("lightning-rpc")));
      Thread silent = new Thread(() -> hangUp(rpc));
      silent.setDaemon(true);
      silent.start();

      assertThat(failure()).hasMessage("lightningd runs on " + folder);
    }
    assertThat(node.server.sessions).isZero();
  }

  @Test
  void anExistingDatabaseAndLeftoverJournalsAreRefused() throws IOException {
    Files.createDirectory(network);
    for (String name : List.of("", "-journal", "-wal", "-shm")) {
      Path there = Files.writeString(network.resolve("lightningd.sqlite3" + name), "mine");
      assertThat(failure()).hasMessageContaining(there.toString());
      assertThat(there).hasContent("mine");
      Files.delete(there);
    }
    assertThat(node.server.sessions).isZero();
  }

  @Test
  void damageThatTheOriginalDidNotHaveIsRefusedBeforeTheClaim() {
    node.write(
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES(NULL)",
        Databases.version(3),
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a NOT NULL)' WHERE name = 't'",
        "PRAGMA writable_schema = RESET");

    assertThat(failure()).hasMessageContaining("NULL value in t.a");
    nothingChanged();
  }

  @Test
  void aFailureAfterTheClaimSaysThatAnotherRunMendsIt() throws IOException {
    Files.writeString(folder.resolve("plugins"), "no folder");

    assertThat(failure()).hasMessageContaining("the backup was claimed, but");
    assertThat(network).doesNotExist();
  }

  @Test
  void aSecretInTheNetworksFolderStaysAsItIs() throws IOException {
    Files.createDirectory(network);
    Files.move(folder.resolve("hsm_secret"), network.resolve("hsm_secret"));

    recover();

    assertThat(filesIn(network)).containsExactly("hsm_secret", "lightningd.sqlite3");
    assertThat(terminal.err()).doesNotContain("copied");
  }

  @Test
  void theDatabaseGoesWhereTheWalletOptionSays() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("db.sqlite3");
    Files.writeString(folder.resolve("config"), "wallet=sqlite3://" + elsewhere + "\n");

    recover();

    assertThat(Databases.query(elsewhere, "SELECT intval FROM vars")).containsExactly("2");
    assertThat(filesIn(network)).containsExactly("hsm_secret");
  }

  private void recover() throws IOException {
    LightningNode found = NodeFinder.find(folder, node.identity.network());
    TakeOver consent = new TakeOver(clock(), terminal.terminal(), takeOver);
    new NodeRecovery(found, node.source(access), access, terminal.terminal(), consent)
        .run(found.dir().hsmSecret(), PLUGIN);
  }

  private InstantSource clock() {
    return () -> now;
  }

  private Failure failure() {
    Failure failure = catchThrowableOfType(Failure.class, this::recover);
    assertThat(failure).isNotNull();
    return failure;
  }

  private void nothingChanged() {
    assertThat(node.server.claims).hasSize(1);
    assertThat(filesIn(folder)).containsExactly("hsm_secret");
  }

  private static void hangUp(ServerSocketChannel rpc) {
    try {
      while (true) {
        try (SocketChannel caller = rpc.accept()) {
          assertThat(caller.isOpen()).isTrue();
        }
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
