package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Stored;
import org.cldcb.wire.Welcome;

/** One delegate of one backup, as the store sees it through a session. */
final class Client {
  static final PublicKey SERVER = key(99).publicKey();
  private static final AtomicLong MADE = new AtomicLong();

  private final Supplier<BackupStore> store;
  private final PrivateKey node;
  private final BackupId backup;
  private final PublicKey delegate;
  private long epoch;

  Client(Supplier<BackupStore> store, PrivateKey node, BackupId backup, PublicKey delegate) {
    this.store = store;
    this.node = node;
    this.backup = backup;
    this.delegate = delegate;
  }

  static PrivateKey key(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    return PrivateKey.of(bytes);
  }

  BackupId backup() {
    return backup;
  }

  PublicKey delegate() {
    return delegate;
  }

  long epoch() {
    return epoch;
  }

  Writer writer() {
    return new Writer(backup, delegate, epoch);
  }

  /** A client of the same delegate that has another epoch. */
  Client inEpoch(long other) {
    Client client = new Client(store, node, backup, delegate);
    client.epoch = other;
    return client;
  }

  Head head() {
    return store.get().head(backup).head();
  }

  Head parent() {
    return store.get().head(backup).parent();
  }

  boolean baseUsable() {
    return store.get().head(backup).flags().usableBase();
  }

  // --- sessions

  Message hello(Mode mode, long joined) {
    return join(store.get().hello(backup, delegate, mode, joined));
  }

  Welcome welcome(Mode mode, long joined) {
    return as(Welcome.class, hello(mode, joined));
  }

  /** Begins to write. */
  Client write() {
    epoch = welcome(Mode.WRITE, 0).epoch();
    return this;
  }

  Claim claimNumber(long number) {
    return new Claim(
        number,
        delegate,
        MessageSignature.sign(node, Delegation.delegationText(delegate)),
        MessageSignature.sign(node, Delegation.claimText(number, delegate, SERVER)));
  }

  Message claim(long number, Head expected) {
    return join(store.get().claim(writer(), claimNumber(number), expected));
  }

  /** Becomes the claimant. */
  Client claim() {
    Welcome welcome = welcome(Mode.READ, 0);
    as(Claimed.class, claim(welcome.claimNumber() + 1, welcome.head()));
    return this;
  }

  // --- records

  CompletableFuture<Message> send(AppendHow how, Position at, Hash expected, Envelope envelope) {
    return store.get().append(writer(), how, at, expected, envelope);
  }

  Message append(Position at, Hash expected) {
    return join(send(AppendHow.APPEND, at, expected, Envelopes.record(at, next())));
  }

  /** What the server answers to a record after this head. */
  Message tryAppend(Head head) {
    return append(head.next(head.dataVersion() + 1), head.digest());
  }

  /** Appends in step. */
  Appended append() {
    return as(Appended.class, tryAppend(head()));
  }

  /** Appends so many in step. */
  void append(int count) {
    for (int i = 0; i < count; i++) {
      append();
    }
  }

  Message tryReplace(Position at, Hash expected) {
    return join(send(AppendHow.REPLACE, at, expected, Envelopes.record(at, next())));
  }

  /** Appends so many without waiting in between, as no client does, but quickly. */
  void appendAtOnce(int count) {
    Head head = head();
    List<CompletableFuture<Message>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Position at = head.next(head.dataVersion() + 1);
      Envelope envelope = Envelopes.record(at, next());
      answers.add(send(AppendHow.APPEND, at, head.digest(), envelope));
      head = at.headWith(envelope.digest());
    }
    answers.forEach(answer -> as(Appended.class, join(answer)));
  }

  /** What the server answers to a record in the place of its head's. */
  Message tryReplace() {
    Head parent = parent();
    Position at =
        new Position(head().generation(), head().seq(), parent.dataVersion() + 1, parent.digest());
    return tryReplace(at, head().digest());
  }

  Appended replace() {
    return as(Appended.class, tryReplace());
  }

  // --- bases

  long begin() {
    return join(store.get().beginBase(writer()));
  }

  Message tryOffer(long pending, Hash... ids) {
    return join(store.get().offer(writer(), pending, List.of(ids)));
  }

  /** Digests of the stored envelopes, or zeros. */
  List<Hash> offer(long pending, Hash... ids) {
    return as(Offered.class, tryOffer(pending, ids)).digests();
  }

  Message tryChunk(Hash id, String content) {
    return join(store.get().chunk(writer(), id, Envelopes.chunk(id, content)));
  }

  Stored chunk(Hash id) {
    return as(Stored.class, tryChunk(id, "chunk " + id));
  }

  Message tryManifest(long pending, BaseHow how, Position at, Hash expected, Hash... chunks) {
    Envelope envelope = Envelopes.manifest(at, "manifest " + next(), List.of(chunks));
    return join(store.get().manifest(writer(), pending, how, at, expected, Hash.ZERO, envelope));
  }

  /** Begins a base and brings its chunks there. */
  long prepare(Hash... chunks) {
    long pending = begin();
    List<Hash> known = chunks.length == 0 ? List.of() : offer(pending, chunks);
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).isZero()) {
        chunk(chunks[i]);
      }
    }
    return pending;
  }

  /** Where a base that starts a chain stands. */
  Position chainStart() {
    Head head = head();
    Hash start = ChainDigest.chainStart(Envelopes.hash("chain " + next()));
    return new Position(head.generation() + 1, head.seq() + 1, head.dataVersion() + 7, start);
  }

  /** A base with these chunks that starts a chain. */
  Based startChain(Hash... chunks) {
    long pending = prepare(chunks);
    Hash expected = head().digest();
    return as(
        Based.class, tryManifest(pending, BaseHow.CHAIN_START, chainStart(), expected, chunks));
  }

  Message tryOnHead(long pending, Head at, long generation, Hash... chunks) {
    Position position = new Position(generation, at.seq(), at.dataVersion(), at.digest());
    return tryManifest(pending, BaseHow.ON_HEAD, position, at.digest(), chunks);
  }

  /** A base with these chunks on a head of the chain. */
  Based onHead(Head at, Hash... chunks) {
    long generation = head().generation() + 1;
    return as(Based.class, tryOnHead(prepare(chunks), at, generation, chunks));
  }

  Message tryDelta(Head at, long generation, Hash parent) {
    Position position = new Position(generation, at.seq(), at.dataVersion(), at.digest());
    Envelope envelope = Envelopes.delta(position, "delta " + next(), parent);
    return join(
        store
            .get()
            .manifest(writer(), 0, BaseHow.ON_HEAD, position, at.digest(), parent, envelope));
  }

  /** A delta on the current base, on a head of the chain. */
  Based delta(Head at) {
    return as(Based.class, tryDelta(at, head().generation() + 1, baseDigest()));
  }

  /** The current base's. */
  Hash baseDigest() {
    return WholeChain.digestOf(store.get().base(backup(), Hash.ZERO).orElseThrow());
  }

  /** Everything but a read: what the server answers to each. */
  List<Message> tryAllWrites() {
    long pending = begin();
    List<Message> answers = new ArrayList<>();
    answers.add(tryAppend(head()));
    answers.add(tryOffer(pending, Envelopes.hash("offered")));
    answers.add(tryChunk(Envelopes.hash("offered"), "content"));
    answers.add(tryManifest(pending, BaseHow.CHAIN_START, chainStart(), head().digest()));
    answers.add(tryOnHead(pending, head(), head().generation() + 1));
    answers.add(tryDelta(head(), head().generation() + 1, Envelopes.hash("parent")));
    return answers;
  }

  /** A content that nothing else has. */
  private static String next() {
    return "content " + MADE.incrementAndGet();
  }

  static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  static <T> T as(Class<T> type, Object message) {
    assertThat(message).isInstanceOf(type);
    return type.cast(message);
  }
}
