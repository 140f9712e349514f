package org.cldcb.format;

import java.io.IOException;
import org.cldcb.codec.ByteWriter;
import org.cldcb.io.Spool;

/**
 * Turns the statements of one db_write into the plaintext of a record, as they come in:
 * docs/FORMAT.md §5.1. Not thread-safe.
 */
public final class RecordWriter {
  static final int CODEC = 1;

  private final Spool spool;
  private final SqlPacker packer;

  public RecordWriter(Spool spool) {
    this.spool = spool;
    Dictionary dictionary = Dictionary.one();
    packer = new SqlPacker(dictionary, new LzWriter(dictionary.index(), spool));
  }

  /**
   * Starts the record.
   *
   * @param unixTime the plugin's clock, seconds
   * @param firstWrite whether it is the first write of a lightningd process
   */
  public void begin(long unixTime, boolean firstWrite) throws IOException {
    spool.write(new ByteWriter(10).u64(unixTime).u8(firstWrite ? 1 : 0).u8(CODEC).toBytes());
  }

  /** Adds a statement; the array isn't kept. */
  public void statement(char[] text, int offset, int count) throws IOException {
    packer.statement(text, offset, count);
  }

  /** Ends the record: the spool then holds its padded plaintext. */
  public void finish() throws IOException {
    packer.end();
    spool.padTo(Padme.padded(spool.size()));
  }
}
