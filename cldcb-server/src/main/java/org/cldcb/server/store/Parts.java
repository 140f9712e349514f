package org.cldcb.server.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import org.cldcb.codec.ByteWriter;
import org.cldcb.io.Spool;

/** Stores the segments of an envelope after its first, which few envelopes have. */
final class Parts {
  private static final int LENGTH_FIELD = 4;
  private static final int LENGTH_MASK = 0x7fff_ffff;

  private Parts() {}

  /** Stores them; gives their number. */
  static int insert(Sql sql, StoredEnvelope.Kind kind, long owner, Envelope envelope) {
    Spool rest = envelope.rest();
    if (rest == null) {
      return 0;
    }
    try {
      DataInputStream in = new DataInputStream(rest.read());
      long left = rest.size();
      int n = 0;
      while (left > 0) {
        byte[] segment = next(in);
        sql.update(
            "INSERT INTO " + table(kind) + " (owner, n, bytes) VALUES (?, ?, ?)",
            owner,
            n++,
            segment);
        left -= segment.length;
      }
      return n;
    } catch (IOException e) {
      throw new StoreException("a large envelope could not be read back", e);
    }
  }

  static byte[] read(Sql sql, StoredEnvelope.Key key, int n) {
    return find(sql, key, n)
        .orElseThrow(() -> new StoreException("the envelope was deleted meanwhile"));
  }

  static Optional<byte[]> find(Sql sql, StoredEnvelope.Key key, int n) {
    return sql.first(
        "SELECT bytes FROM " + table(key.kind()) + " WHERE owner = ? AND n = ?",
        row -> Sql.bytes(row, "bytes"),
        key.id(),
        n);
  }

  static String table(StoredEnvelope.Kind kind) {
    return switch (kind) {
      case RECORD -> "record_segment";
      case MANIFEST -> "manifest_segment";
      case CHUNK -> "chunk_segment";
    };
  }

  private static byte[] next(DataInputStream in) throws IOException {
    int field = in.readInt();
    byte[] segment = new byte[LENGTH_FIELD + (field & LENGTH_MASK)];
    byte[] length = new ByteWriter(LENGTH_FIELD).u32(field & 0xffff_ffffL).toBytes();
    System.arraycopy(length, 0, segment, 0, LENGTH_FIELD);
    in.readFully(segment, LENGTH_FIELD, segment.length - LENGTH_FIELD);
    return segment;
  }
}
