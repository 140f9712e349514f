package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.FaultProxy;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.Liar;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.ServerProcess;
import org.jspecify.annotations.Nullable;

/** A server and a node that is on its allow-list: what most tests begin with. */
final class Site implements AutoCloseable {
  private final Path temp;
  private final Executables executables;
  private final Options options;
  private final byte[] secret;
  private ServerProcess server;
  private LightningDir dir;
  private FakeLightningd node;
  private @Nullable FaultProxy proxy;
  private @Nullable Liar liar;
  private int copies;

  Site(Path temp) {
    this(temp, new Executables());
  }

  /**
   * A site of other executables than the usual ones.
   *
   * @param serverOptions of {@code cldcb-server run}
   */
  Site(Path temp, Executables executables, String... serverOptions) {
    this(temp, Options.standard(), executables, serverOptions);
  }

  /** The same with another node than the usual one. */
  Site(Path temp, Options options, Executables executables, String... serverOptions) {
    this.temp = temp;
    this.options = options;
    this.executables = executables;
    server = executables.initServer(temp.resolve("server"), serverOptions);
    dir = LightningDir.create(temp.resolve("node"));
    secret = read(dir.hsmSecret());
    node = new FakeLightningd(dir, options);
    server.allow(nodeId(), "test");
  }

  /** The node's network from its installation on. */
  FaultProxy badNetwork() {
    FaultProxy made = new FaultProxy(server.port());
    proxy = made;
    return made;
  }

  /** In place of the server, from now on: on its data, under its contact. */
  Liar hostileServer() {
    server.stop();
    Liar made = new Liar(server.dataDir(), server.port());
    liar = made;
    return made;
  }

  static FakeLightningd newNode(LightningDir dir) {
    return new FakeLightningd(dir, Options.standard());
  }

  Executables executables() {
    return executables;
  }

  ServerProcess server() {
    return server;
  }

  FakeLightningd node() {
    return node;
  }

  LightningDir dir() {
    return dir;
  }

  String nodeId() {
    return nodeId(dir);
  }

  private String nodeId(LightningDir node) {
    return executables.clientHere(node, "node-id").orFail().out().strip();
  }

  /** Another node that is on the server's allow-list; there is one at most. */
  LightningDir stranger() {
    LightningDir other = LightningDir.create(temp.resolve("stranger"));
    server.allow(nodeId(other), "other");
    return other;
  }

  /** A write whose record takes several segments, since it doesn't compress. */
  void largeWrite() {
    byte[] noise = new byte[150_000];
    new Random(1).nextBytes(noise);
    String hex = HexFormat.of().formatHex(noise);
    node.write("INSERT INTO vars (name, blobval) VALUES ('large', x'" + hex + "')");
  }

  /** Kills the server and starts it again on the same data. */
  void killServer() {
    server.kill9();
    server = server.startAgain();
  }

  /** After it was killed. */
  void serverComesBack() {
    server = server.startAgain();
  }

  void restartServer() {
    server.stop();
    server = server.startAgain();
  }

  /** The server comes back with its key but without what it stored. */
  void loseStore() {
    server.stop();
    Path data = server.dataDir();
    try (var files = Files.list(data)) {
      for (Path file : files.filter(f -> !f.endsWith("server.key")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executables.server("init", "--data-dir", data.toString()).orFail();
    server = server.startAgain();
    server.allow(nodeId(), "test");
  }

  /** A copy of what the server has on disk now, put back by {@link #restoreStore}. */
  Path copyStore() {
    server.stop();
    Path copy = temp.resolve("store-copy-" + copies++);
    copyAll(server.dataDir(), copy);
    server = server.startAgain();
    return copy;
  }

  void restoreStore(Path copy) {
    server.stop();
    deleteAll(server.dataDir());
    copyAll(copy, server.dataDir());
    server = server.startAgain();
  }

  Finished install(String... more) {
    return install(dir, more);
  }

  Finished install(LightningDir where, String... more) {
    String contact = proxy == null ? server.contact() : server.contact(proxy);
    return executables.client(where, "install", with(contact, more));
  }

  /** Installs while the node is down: the plugin comes with its next start. */
  void installed() {
    install().orFail();
  }

  /** Recovers into a new directory that holds the secret and nothing else, and takes over. */
  LightningDir recoverElsewhere() {
    LightningDir other = LightningDir.create(temp.resolve("other-" + copies++), secret);
    recover(other, "--take-over").orFail();
    return other;
  }

  Finished recover(LightningDir where, String... more) {
    return executables.client(where, "recover", with(server.contact(), more));
  }

  /** The same, but faster: within this process. */
  Finished recoverHere(LightningDir where, String... more) {
    return executables.clientHere(where, "recover", with(server.contact(), more));
  }

  private static String[] with(String contact, String... more) {
    List<String> options = new ArrayList<>(List.of("--server=" + contact, "--yes"));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  /** A new directory that holds the secret and nothing else. */
  LightningDir emptyDir() {
    return LightningDir.create(temp.resolve("empty-" + copies++), secret);
  }

  /** A copy of the node's directory, with the database but without wrapper and config. */
  LightningDir withoutPlugin() {
    LightningDir other = new LightningDir(temp.resolve("bare-" + copies++), dir.network());
    copyAll(dir.networkDir(), other.networkDir());
    return other;
  }

  /** A copy of the node's directory whose wrapper names its own paths, as on another machine. */
  LightningDir cloned() {
    LightningDir clone = new LightningDir(temp.resolve("clone-" + copies++), dir.network());
    copyAll(dir.base(), clone.base());
    replaceInFile(clone.wrapper(), dir.base().toString(), clone.base().toString());
    replaceInFile(clone.config(), dir.base().toString(), clone.base().toString());
    return clone;
  }

  /** From here on the node is what runs on another directory. */
  void moveTo(LightningDir other) {
    node.close();
    dir = other;
    node = new FakeLightningd(other, options);
  }

  /** What a recovery would give now; claims nothing. */
  Dump recovered() {
    return Dump.of(recoveredFile());
  }

  /** The same as a file. */
  Path recoveredFile() {
    Path file = temp.resolve("recovered-" + copies++ + ".sqlite3");
    LightningDir empty = emptyDir();
    recoverHere(empty, "--to=" + file).orFail();
    deleteAll(empty.base());
    return file;
  }

  /** Recovers and compares with the node's own database, which must not be in a transaction. */
  void assertRecoverable() {
    assertSame(recovered(), committed());
  }

  /**
   * What the node's database holds once what it didn't commit is rolled back, as at its next start.
   */
  Dump committed() {
    return Dump.of(committedFile());
  }

  Path committedFile() {
    Path copy = temp.resolve("committed-" + copies++);
    copyAll(dir.networkDir(), copy);
    Path file = copy.resolve(dir.database().getFileName());
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM vars").close();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  static void assertSame(Dump actual, Dump expected) {
    assertThat(actual.firstDifference(expected)).as("first difference").isEmpty();
    assertThat(actual.rows()).isPositive();
  }

  /** A command of the client that failed, and says why in one line. */
  static void assertFailed(Finished finished, String why) {
    assertThat(finished.exit()).as("%s", finished).isEqualTo(1);
    assertThat(finished.err().lines().filter(line -> line.startsWith("cldcb-client: ")))
        .as("%s", finished)
        .singleElement()
        .asString()
        .contains(why);
  }

  /** The one backup in what {@code cldcb-server status --json} says. */
  JsonNode status() {
    Finished finished =
        executables
            .serverHere("status", "--json", "--data-dir", server.dataDir().toString())
            .orFail();
    try {
      JsonNode all = new ObjectMapper().readTree(finished.out());
      JsonNode list = all.isArray() ? all : all.elements().next();
      assertThat(list.size()).isEqualTo(1);
      return list.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.close();
    if (proxy != null) {
      proxy.close();
    }
    if (liar != null) {
      liar.close();
    }
    executables.close();
  }

  static void copyAll(Path from, Path to) {
    try {
      Folders.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteAll(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void replaceInFile(Path file, String from, String to) {
    try {
      Files.writeString(file, Files.readString(file).replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
