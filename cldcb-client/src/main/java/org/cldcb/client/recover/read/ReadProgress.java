package org.cldcb.client.recover.read;

import org.cldcb.base.Progress;

/**
 * Hears how far reading has come.
 *
 * @param base bytes of the database file
 * @param records bytes of envelopes
 * @param expectedRecords their total by the server's word, which may be wrong
 */
public record ReadProgress(Progress base, Progress records, long expectedRecords) {
  /** Tells nobody. */
  public static final ReadProgress NONE = new ReadProgress(Progress.NONE, Progress.NONE, 0);

  /** So many bytes of records were read, and there may be more. */
  void recordsRead(long bytes) {
    if (bytes < expectedRecords) {
      records.progress(bytes, expectedRecords);
    }
  }

  /** No more records are to come. */
  void recordsComplete(long bytes) {
    if (bytes > 0) {
      records.progress(bytes, bytes);
    }
  }
}
