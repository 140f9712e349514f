package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.jspecify.annotations.Nullable;

/** Reads the plaintext of a record: the twin of {@link RecordWriter}. Not thread-safe. */
public final class RecordReader implements AutoCloseable {
  private static final int HEADER = 10;

  private final long unixTime;
  private final boolean firstWrite;
  private final LzReader packed;
  private final SqlUnpacker statements;

  public RecordReader(InputStream plaintext) throws IOException {
    ByteReader header = new ByteReader(plaintext.readNBytes(HEADER));
    unixTime = header.u64();
    firstWrite = header.u8(1, "record flags") == 1;
    int codec = header.u8();
    if (codec != RecordWriter.CODEC) {
      throw new FormatException("record of codec " + codec + "; this cldcb knows codec 1");
    }
    Dictionary dictionary = Dictionary.one();
    packed = new LzReader(dictionary.index().bytes(), plaintext);
    statements = new SqlUnpacker(packed, dictionary.skeletons());
  }

  /** The clock of the plugin that sealed it, seconds. */
  public long unixTime() {
    return unixTime;
  }

  /** Whether it is the first write of a lightningd process. */
  public boolean firstWrite() {
    return firstWrite;
  }

  /** The next statement; null once there is none, and the record was sound to its last byte. */
  public @Nullable String nextStatement() throws IOException {
    String statement = statements.next();
    if (statement == null) {
      if (!packed.isWhole()) {
        throw new FormatException("data after the end of a record");
      }
      Padding.check(packed.rest(), HEADER + packed.compressedSize());
    }
    return statement;
  }

  @Override
  public void close() {
    // its input belongs to the caller
  }
}
