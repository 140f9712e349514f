package org.cldcb.server.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cldcb.contact.Contact;
import org.cldcb.contact.HostPort;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.SqliteStore;

/** A real server on a real store, that listens on a free port of this host. */
final class ServerRig implements AutoCloseable {
  static final SecureRandom RANDOM = new SecureRandom();
  private static final String HOST = "127.0.0.1";

  private final PrivateKey key;
  private final Path directory;
  private SqliteStore store;
  private Server server;

  private ServerRig(Path directory, PrivateKey key, SqliteStore store) {
    this.directory = directory;
    this.key = key;
    this.store = store;
  }

  static ServerRig start(Path directory) throws IOException {
    return start(directory, Limits.DEFAULT);
  }

  static ServerRig start(Path directory, Limits limits) throws IOException {
    return start(directory, limits, store -> store);
  }

  /** A server that sees the store through something in between. */
  static ServerRig start(Path directory, Limits limits, UnaryOperator<BackupStore> between)
      throws IOException {
    ServerRig rig =
        new ServerRig(
            directory, PrivateKey.generate(RANDOM), SqliteStore.create(directory, Map.of()));
    rig.serve(limits, between);
    return rig;
  }

  private void serve(Limits limits, UnaryOperator<BackupStore> between) throws IOException {
    server = Server.start(new HostPort(HOST, 0), key, between.apply(store), directory, limits);
  }

  void restart() throws IOException {
    close();
    store = SqliteStore.open(directory);
    serve(Limits.DEFAULT, same -> same);
  }

  SqliteStore store() {
    return store;
  }

  Server server() {
    return server;
  }

  Contact contact() {
    return new Contact(key.publicKey(), HOST, server.address().getPort());
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
