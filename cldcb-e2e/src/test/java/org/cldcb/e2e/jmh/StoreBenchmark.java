package org.cldcb.e2e.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.Envelope;
import org.cldcb.server.store.SqliteStore;
import org.cldcb.server.store.Writer;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Welcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A record that becomes durable in the server's store, without network. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class StoreBenchmark {
  private final byte[] bytes = Typical.noise(Typical.RECORD_BYTES);
  private Path folder;
  private SqliteStore store;
  private Writer writer;
  private Head head;
  private FileChannel file;

  /** Makes a store with one node that has claimed, and has a base. */
  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("cldcb-jmh");
    file =
        FileChannel.open(
            folder.resolve("appended"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    store = SqliteStore.create(folder, Map.of());
    PrivateKey node = PrivateKey.generate(Typical.RANDOM);
    PrivateKey delegate = PrivateKey.generate(Typical.RANDOM);
    BackupId backup = new BackupId(node.publicKey(), new Network("regtest"));
    store.allow(node.publicKey(), "jmh", null);
    store.hello(backup, delegate.publicKey(), Mode.READ, 0).join();
    store
        .claim(new Writer(backup, delegate.publicKey(), 0), claim(node, delegate), Head.EMPTY)
        .join();
    Welcome welcome = (Welcome) store.hello(backup, delegate.publicKey(), Mode.WRITE, 0).join();
    writer = new Writer(backup, delegate.publicKey(), welcome.epoch());
    head = startChain();
  }

  private static Claim claim(PrivateKey node, PrivateKey delegate) {
    return new Claim(
        1,
        delegate.publicKey(),
        MessageSignature.sign(node, Delegation.delegationText(delegate.publicKey())),
        MessageSignature.sign(
            node, Delegation.claimText(1, delegate.publicKey(), node.publicKey())));
  }

  private Head startChain() {
    Position start = new Position(1, 1, 0, ChainDigest.chainStart(Hash.ZERO));
    long base = store.beginBase(writer).join();
    Message based =
        store
            .manifest(
                writer,
                base,
                BaseHow.CHAIN_START,
                start,
                Hash.ZERO,
                Hash.ZERO,
                envelope(ChainDigest.ofManifest(start)))
            .join();
    return ((Based) based).head();
  }

  private Envelope envelope(ChainDigest digest) {
    return new Envelope(bytes, null, bytes.length, digest.update(bytes).finish());
  }

  /** One record, one transaction. */
  @Benchmark
  public Head append() {
    Position position = head.next(head.dataVersion() + 1);
    Envelope envelope = envelope(ChainDigest.ofRecord(position));
    Message answer =
        store.append(writer, AppendHow.APPEND, position, head.digest(), envelope).join();
    head = position.headWith(((Appended) answer).digest());
    return head;
  }

  /** The same bytes appended to a file, with fdatasync: for comparison. */
  @Benchmark
  public void fdatasyncAppend() throws IOException {
    file.write(ByteBuffer.wrap(bytes));
    file.force(false);
  }

  /** Ends it and deletes it. */
  @TearDown
  public void tearDown() throws IOException {
    file.close();
    store.close();
    Folders.delete(folder);
  }
}
