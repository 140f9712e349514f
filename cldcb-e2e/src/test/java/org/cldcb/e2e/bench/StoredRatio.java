package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;
import org.cldcb.format.RecordWriter;
import org.cldcb.io.Spool;

/** How large the records of a trace are, sealed, for each byte of its SQL. */
final class StoredRatio {
  private static final int IN_MEMORY = 1 << 30;
  private static final int ENVELOPE_HEADER = 67;
  private static final int SEGMENT = 32_768;
  private static final int SEGMENT_OVERHEAD = 4 + 12 + 16;

  private StoredRatio() {}

  /** Bytes of all envelopes (docs/FORMAT.md §3.2) ÷ bytes of all statements in UTF-8. */
  static double of(Trace trace) throws IOException {
    long stored = 0;
    long sql = 0;
    for (Write write : trace.writes()) {
      stored += envelope(plaintext(write));
      for (String statement : write.statements()) {
        sql += statement.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return (double) stored / sql;
  }

  private static long envelope(long plaintext) {
    long segments = (plaintext + SEGMENT - 1) / SEGMENT;
    return ENVELOPE_HEADER + segments * SEGMENT_OVERHEAD + plaintext;
  }

  private static long plaintext(Write write) throws IOException {
    try (Spool spool = new Spool(Path.of(""), IN_MEMORY)) {
      RecordWriter writer = new RecordWriter(spool);
      writer.begin(0, false);
      for (String statement : write.statements()) {
        writer.statement(statement.toCharArray(), 0, statement.length());
      }
      writer.finish();
      return spool.size();
    }
  }
}
