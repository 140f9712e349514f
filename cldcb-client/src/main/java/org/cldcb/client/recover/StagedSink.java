package org.cldcb.client.recover;

import java.io.IOException;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.pipe.Stage;
import org.cldcb.client.recover.read.ChainSink;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.Manifest;
import org.cldcb.io.Spool;

/**
 * Hands a chain on to a sink that takes it on a thread of its own, while the next is fetched and
 * opened. Failures of that sink come with a later call, {@link #finish} at the latest.
 */
final class StagedSink implements ChainSink, AutoCloseable {
  private static final int LIMIT = 8 << 20;

  private final ChainSink sink;
  private final CopyProgress progress;
  private final Stage stage = new Stage("cldcb-replay", LIMIT);

  StagedSink(ChainSink sink, CopyProgress progress) {
    this.sink = sink;
    this.progress = progress;
  }

  /** Has this done before all else. */
  void prepare(Stage.Work work) throws IOException {
    stage.add(0, work);
  }

  @Override
  public void manifest(Position position, BaseFacts facts, Manifest full) throws IOException {
    progress.starts(position, full);
    stage.add(0, () -> sink.manifest(position, facts, full));
  }

  @Override
  public void chunk(int index, byte[] content) throws IOException {
    add(
        content.length,
        () -> {
          sink.chunk(index, content);
          progress.chunkDone(index);
        });
  }

  @Override
  public void repeat(int index, int earlier) throws IOException {
    add(
        0,
        () -> {
          sink.repeat(index, earlier);
          progress.chunkDone(index);
        });
  }

  @Override
  public void delta(long fileSize) throws IOException {
    add(0, () -> sink.delta(fileSize));
  }

  @Override
  public void block(long index, byte[] content) throws IOException {
    add(content.length, () -> sink.block(index, content));
  }

  @Override
  public void baseComplete() throws IOException {
    add(0, sink::baseComplete);
  }

  @Override
  public void record(Position position, Spool plaintext) throws IOException {
    add(plaintext.size(), new Replay(position, plaintext));
  }

  /** Waits until the sink has taken all. */
  void finish() throws IOException {
    stage.finish(progress::tell);
  }

  /** The sink gets nothing any more when this returns. */
  @Override
  public void close() {
    stage.close();
  }

  private void add(long bytes, Stage.Work work) throws IOException {
    stage.add(bytes, work);
    progress.tell();
  }

  private final class Replay implements Stage.Work {
    private final Position position;
    private final Spool plaintext;

    Replay(Position position, Spool plaintext) {
      this.position = position;
      this.plaintext = plaintext;
    }

    @Override
    public void run() throws IOException {
      sink.record(position, plaintext);
      progress.recordDone(position);
    }

    @Override
    public void close() throws IOException {
      plaintext.close();
    }
  }
}
