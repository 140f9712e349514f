package org.cldcb.e2e.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cldcb.e2e.bench.HookDriver;
import org.cldcb.e2e.rig.Write;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Place;
import org.cldcb.format.RecordWriter;
import org.cldcb.format.SealingRun;
import org.cldcb.io.Spool;
import org.cldcb.plugin.rpc.Incoming;
import org.cldcb.plugin.rpc.JsonRpcInput;
import org.cldcb.plugin.rpc.RecordDraft;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The plugin's work on one db_write, but for the waiting. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
  private static final Path UNUSED = Path.of("");

  private final Write write = Typical.write();
  private final List<char[]> statements =
      write.statements().stream().map(String::toCharArray).toList();
  private final byte[] request = request(write);
  private final byte[] content = Typical.noise(Typical.RECORD_BYTES);
  private SealingRun run = Typical.run();

  private static byte[] request(Write write) {
    try {
      return HookDriver.dbWrite(write.dataVersion(), write.statements());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Statements to padded plaintext. */
  @Benchmark
  public Spool packAndCompress() throws IOException {
    Spool spool = new Spool(UNUSED, Integer.MAX_VALUE);
    RecordWriter writer = new RecordWriter(spool);
    writer.begin(0, false);
    for (char[] statement : statements) {
      writer.statement(statement, 0, statement.length);
    }
    writer.finish();
    return spool;
  }

  /** The request's bytes to padded plaintext: what {@link #packAndCompress} does, and JSON. */
  @Benchmark
  public Incoming readRequest() throws IOException {
    RecordDraft.Factory drafts = new RecordDraft.Factory(UNUSED, InstantSource.system());
    return new JsonRpcInput(new ByteArrayInputStream(request), drafts).next();
  }

  /** Padded plaintext to envelope and digest. */
  @Benchmark
  public Object seal() throws IOException {
    if (run.isUsedUp()) {
      run.close();
      run = Typical.run(); // a thousandth of the calls
    }
    EnvelopeParts parts = run.seal(new Place.OfRecord(Typical.POSITION), Spool.of(content));
    parts.next();
    return parts.digest();
  }
}
