package org.cldcb.e2e.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.Digests;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.format.ChunkCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The work on one chunk of a base: 64 KiB of the recorded node's database. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BaseBenchmark {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int FROM = 4 * CHUNK_BYTES;

  private final byte[] key = Typical.noise(32);
  private byte[] chunk = {};

  /** Unpacks the database. */
  @Setup
  public void setUp() throws IOException {
    Path folder = Files.createTempDirectory("cldcb-jmh");
    Path database = Trace.load(Trace.NODE_A).unpack("final", folder.resolve("database"));
    try (InputStream in = Files.newInputStream(database)) {
      in.skipNBytes(FROM);
      chunk = in.readNBytes(CHUNK_BYTES);
    }
    Files.delete(database);
    Files.delete(folder);
  }

  /** Of every chunk, to find out which ones changed. */
  @Benchmark
  public Hash id() {
    return ChunkCodec.id(key, chunk);
  }

  /** Compresses and pads it. */
  @Benchmark
  public byte[] encode() {
    return ChunkCodec.encode(chunk);
  }

  /** A plain hash, for comparison. */
  @Benchmark
  public byte[] sha256() {
    return Digests.sha256(chunk);
  }
}
