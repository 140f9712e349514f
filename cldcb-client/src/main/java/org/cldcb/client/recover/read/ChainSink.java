package org.cldcb.client.recover.read;

import java.io.IOException;
import org.cldcb.chain.Position;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.Manifest;
import org.cldcb.io.Spool;

/**
 * Takes the content of a chain, front to back: what the base is made of, its chunks and deltas, the
 * records. Nothing reaches it that isn't verified, and nothing twice.
 */
public interface ChainSink {
  /**
   * What the base is made of.
   *
   * @param facts of the base
   * @param full the manifest whose chunks follow: the base's own, or what its deltas stand on
   */
  void manifest(Position position, BaseFacts facts, Manifest full) throws IOException;

  /** A chunk whose content didn't occur before. */
  void chunk(int index, byte[] content) throws IOException;

  /** A chunk with the content of an earlier one. */
  void repeat(int index, int earlier) throws IOException;

  /** A delta, after the chunks: from now on the file has this size, and blocks of it change. */
  void delta(long fileSize) throws IOException;

  /** A block that a delta changes. */
  void block(long index, byte[] content) throws IOException;

  /** Every chunk and every delta was there. */
  void baseComplete() throws IOException;

  /**
   * The next record.
   *
   * @param plaintext of its envelope, which was sound; the sink's to close
   */
  void record(Position position, Spool plaintext) throws IOException;
}
