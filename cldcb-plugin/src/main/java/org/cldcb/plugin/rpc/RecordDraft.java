package org.cldcb.plugin.rpc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.cldcb.format.RecordWriter;
import org.cldcb.io.Spool;
import org.jspecify.annotations.Nullable;

/** A db_write while it is read: the record grows with each statement. Not thread-safe. */
public final class RecordDraft {
  private static final int IN_MEMORY = 4 << 20;
  private static final String PRAGMA = "PRAGMA";

  private final Spool spool;
  private final RecordWriter writer;
  private long dataVersion = -1;
  private boolean empty = true;
  private boolean pragma;
  private ForeignKeys foreignKeys = ForeignKeys.UNCHANGED;

  private RecordDraft(Path scratch) {
    spool = new Spool(scratch, IN_MEMORY);
    writer = new RecordWriter(spool);
  }

  /** Begins drafts; the first one is the first write of a lightningd process. Not thread-safe. */
  public static final class Factory {
    private final Path scratch;
    private final InstantSource clock;
    private boolean first = true;
    private @Nullable RecordDraft prepared;

    /**
     * Makes a factory.
     *
     * @param scratch folder for records too large for memory
     */
    public Factory(Path scratch, InstantSource clock) {
      this.scratch = scratch;
      this.clock = clock;
    }

    /** Gets ready for the next one, while lightningd waits for something else. */
    public void prepare() {
      if (prepared == null) {
        prepared = new RecordDraft(scratch);
      }
    }

    RecordDraft begin() throws IOException {
      RecordDraft draft = prepared == null ? new RecordDraft(scratch) : prepared;
      prepared = null;
      draft.writer.begin(clock.instant().getEpochSecond(), first);
      first = false;
      return draft;
    }
  }

  void dataVersion(long version) {
    dataVersion = version;
  }

  void statement(char[] text, int offset, int count) throws IOException {
    boolean isPragma =
        count >= PRAGMA.length()
            && new String(text, offset, PRAGMA.length()).equalsIgnoreCase(PRAGMA);
    if (isPragma) {
      foreignKeys = foreignKeys.after(new String(text, offset, count));
    }
    pragma = empty ? isPragma : pragma;
    empty = false;
    writer.statement(text, offset, count);
  }

  Incoming.DbWrite toWrite(byte[] id) throws IOException {
    if (dataVersion < 0) {
      throw new IOException("lightningd sent a db_write without data_version");
    }
    writer.finish();
    return new Incoming.DbWrite(id, dataVersion, pragma, foreignKeys, spool);
  }
}
