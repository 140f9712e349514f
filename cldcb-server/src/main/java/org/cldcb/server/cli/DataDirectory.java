package org.cldcb.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cldcb.contact.Contact;
import org.cldcb.contact.HostPort;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.io.DurableFiles;
import org.cldcb.server.store.SqliteStore;
import org.cldcb.server.store.StoreCheck;
import org.cldcb.server.store.StoreSettings;
import picocli.CommandLine.Option;

/** The option that every command has, and what lies in that directory. */
public final class DataDirectory {
  private static final String LISTEN = "listen";
  private static final String ADVERTISE = "advertise";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  @Option(
      names = "--data-dir",
      required = true,
      paramLabel = "DIR",
      description = "the server's directory")
  private Path path = Path.of("");

  Path path() {
    return path.toAbsolutePath().normalize();
  }

  /**
   * Makes all that a server needs. A key without a store is kept: it is what is left of a server
   * that lost its store, and the contacts that its nodes know stay valid.
   *
   * @param quota of nodes that are allowed without one, in bytes; 0: none
   */
  Contact initialise(HostPort listen, HostPort advertise, long quota) throws IOException {
    makeFolder();
    try (DirectoryLock lock = DirectoryLock.take(path());
        PrivateKey key = keyFor(lock.directory())) {
      Map<String, String> values =
          Map.of(
              LISTEN,
              listen.toString(),
              ADVERTISE,
              advertise.toString(),
              StoreSettings.QUOTA,
              Long.toString(quota));
      SqliteStore.create(path(), values).close();
      return new Contact(key.publicKey(), advertise.host(), advertise.port());
    }
  }

  /** The store comes after the key: with it the directory counts as initialised. */
  private static PrivateKey keyFor(Path directory) throws IOException {
    if (Files.notExists(ServerKeyFile.in(directory))) {
      if (SqliteStore.exists(directory)) {
        throw Messages.storeWithoutKey(directory, ServerKeyFile.in(directory));
      }
      return newKey(directory);
    }
    if (SqliteStore.exists(directory)) {
      throw Messages.initialised(directory);
    }
    return ServerKeyFile.read(directory);
  }

  private static PrivateKey newKey(Path directory) throws IOException {
    PrivateKey key = PrivateKey.generate(new SecureRandom());
    try {
      ServerKeyFile.write(directory, key);
      return key;
    } catch (IOException e) {
      key.close();
      throw e;
    }
  }

  private void makeFolder() throws IOException {
    if (Files.notExists(path())) {
      makeDurably(path(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path()))) {
      throw Messages.openDirectory(path());
    }
  }

  /** With the folders above it: a store outlives a power cut only if they do. */
  private static void makeDurably(Path folder, FileAttribute<?>... mode) throws IOException {
    Path above = folder.getParent();
    if (above != null && Files.notExists(above)) {
      makeDurably(above);
    }
    Files.createDirectory(folder, mode);
    DurableFiles.syncName(folder);
  }

  /** For a command, beside which a server may run. */
  SqliteStore openStore() throws IOException {
    requireInitialised();
    if (!DirectoryLock.isHeld(path())) {
      SqliteStore.rewriteLog(path());
    }
    return SqliteStore.open(path());
  }

  /** For the one server that holds the lock. */
  SqliteStore openStore(StoreSettings settings, DirectoryLock lock) {
    requireInitialised();
    SqliteStore.rewriteLog(lock.directory());
    return SqliteStore.open(settings);
  }

  private void requireInitialised() {
    if (Files.notExists(ServerKeyFile.in(path())) || !SqliteStore.exists(path())) {
      throw Messages.notInitialised(path());
    }
  }

  /** The key isn't there if this is a copy of the store alone. */
  StoreCheck openCheck() throws IOException {
    if (!SqliteStore.exists(path())) {
      throw Messages.notInitialised(path());
    }
    return StoreCheck.open(path(), publicKey());
  }

  private Optional<PublicKey> publicKey() throws IOException {
    if (Files.notExists(ServerKeyFile.in(path()))) {
      return Optional.empty();
    }
    try (PrivateKey key = ServerKeyFile.read(path())) {
      return Optional.of(key.publicKey());
    }
  }

  /** Where to listen, as it was initialised. */
  HostPort listen(SqliteStore store) {
    return address(store, LISTEN);
  }

  private HostPort address(SqliteStore store, String name) {
    return HostPort.parse(store.setting(name).orElseThrow(() -> Messages.notInitialised(path())));
  }

  Contact contact() throws IOException {
    try (PrivateKey key = ServerKeyFile.read(path());
        SqliteStore store = openStore()) {
      HostPort address = address(store, ADVERTISE);
      return new Contact(key.publicKey(), address.host(), address.port());
    }
  }
}
