package org.cldcb.client.recover;

import org.cldcb.base.Progress;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.client.cli.Terminal;
import org.cldcb.format.Manifest;

/**
 * How far a copy has come: counted by the thread that makes it, told by the one that waits for it.
 */
final class CopyProgress {
  private final Count base;
  private final Count records;
  private final long headSeq;
  private long baseSeq;
  private long fileSize;
  private int chunkSize;

  /**
   * Of nothing yet.
   *
   * @param head where the records end, by the server's word, which may be wrong
   */
  CopyProgress(Terminal terminal, Head head) {
    base = new Count(terminal.progress(RecoverMessages.FETCHING_BASE));
    records = new Count(terminal.progress(RecoverMessages.REPLAYING, RecoverMessages::records));
    headSeq = head.seq();
  }

  void starts(Position position, Manifest full) {
    baseSeq = position.seq();
    fileSize = full.facts().fileSize();
    chunkSize = full.chunkSize();
    base.total = fileSize;
    records.total = Math.max(0, headSeq - baseSeq);
  }

  void chunkDone(int index) {
    base.done = Math.min((index + 1L) * chunkSize, fileSize);
  }

  void recordDone(Position position) {
    records.done = position.seq() - baseSeq;
  }

  void tell() {
    base.tell();
    records.tell();
  }

  /** Tells what there is to tell, and of the end once. */
  private static final class Count {
    private final Progress progress;
    private volatile long total;
    private volatile long done;
    private boolean complete;

    Count(Progress progress) {
      this.progress = progress;
    }

    void tell() {
      long now = Math.min(done, total);
      if (now > 0 && !complete) {
        complete = now == total;
        progress.progress(now, total);
      }
    }
  }
}
