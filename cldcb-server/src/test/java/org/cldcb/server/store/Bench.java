package org.cldcb.server.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.cldcb.chain.Network;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;

/** A store in a directory of its own, with a clock to turn and clients to use it. */
final class Bench implements AutoCloseable {
  static final Duration ROUTINE_KEPT = Duration.ofDays(2);
  static final Duration DISPLACED_KEPT = Duration.ofDays(5);
  static final Duration UNREFERENCED_KEPT = Duration.ofDays(1);
  static final Duration MOMENT = Duration.ofMinutes(1);
  static final long COMPACT_MIN_BYTES = 1000;
  static final Hash CHUNK = Envelopes.hash("a chunk");

  private final TestClock clock = new TestClock();
  private final TestDisk disk = new TestDisk();
  private final Path dir;
  private final Function<StoreSettings, BackupStore> opener;
  private BackupStore store;

  Bench(Path dir, Function<StoreSettings, BackupStore> opener) {
    this.dir = dir;
    this.opener = opener;
    store = open(0);
  }

  private BackupStore open(long reserveBytes) {
    return opener.apply(
        new StoreSettings(
            dir,
            disk,
            clock,
            ROUTINE_KEPT,
            DISPLACED_KEPT,
            UNREFERENCED_KEPT,
            COMPACT_MIN_BYTES,
            reserveBytes));
  }

  BackupStore store() {
    return store;
  }

  TestClock clock() {
    return clock;
  }

  TestDisk disk() {
    return disk;
  }

  Path dir() {
    return dir;
  }

  /** Another store on the same data, as another process would open it. */
  BackupStore another() {
    return open(0);
  }

  void reopen() {
    reopenWithReserve(0);
  }

  void reopenWithReserve(long bytes) {
    store.close();
    store = open(bytes);
  }

  static PublicKey node(int node) {
    return Client.key(node).publicKey();
  }

  static BackupId backup(int node, String network) {
    return new BackupId(node(node), new Network(network));
  }

  /** A client that the store knows nothing of. */
  Client client(int node, String network, int delegate) {
    PrivateKey key = Client.key(node);
    PublicKey delegateKey = Client.key(100 + delegate).publicKey();
    return new Client(this::store, key, backup(node, network), delegateKey);
  }

  /** Delegate 1 of node 1, allowed. */
  Client allowed() {
    store.allow(node(1), "");
    return client(1, "regtest", 1);
  }

  /** The claimant, writing, with nothing stored yet. */
  Client claimant() {
    return allowed().claim().write();
  }

  /** The claimant, writing, upon a first base of one chunk. */
  Client based() {
    Client client = claimant();
    client.startChain(CHUNK);
    return client;
  }

  /** Turns the clock and lets the store delete what it may. */
  void sweepAfter(Duration time) {
    clock.advance(time);
    store.sweep();
  }

  @Override
  public void close() {
    store.close();
  }
}
