package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    return executables
        .clientHere("node-id", "--lightning-dir=" + dir.base(), "--network=" + dir.network())
        .orFail()
        .out()
        .strip();
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
    List<String> arguments = new ArrayList<>(List.of("--server=" + contact, "--yes"));
    arguments.addAll(Arrays.asList(more));
    return client(where, "install", arguments.toArray(String[]::new));
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
    List<String> arguments = new ArrayList<>(List.of("--server=" + server.contact(), "--yes"));
    arguments.addAll(Arrays.asList(more));
    return client(where, "recover", arguments.toArray(String[]::new));
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
    executables
        .clientHere(
            "recover",
            "--lightning-dir=" + empty.base(),
            "--network=regtest",
            "--server=" + server.contact(),
            "--yes",
            "--to=" + file)
        .orFail();
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

  private Finished client(LightningDir where, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--lightning-dir=" + where.base(), "--network=regtest"));
    arguments.addAll(Arrays.asList(more));
    return executables.client(arguments.toArray(String[]::new));
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

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
