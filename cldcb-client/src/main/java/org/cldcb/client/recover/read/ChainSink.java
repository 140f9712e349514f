package org.cldcb.client.recover.read;

import java.io.IOException;
import org.cldcb.chain.Position;
import org.cldcb.format.Manifest;
import org.cldcb.io.Spool;

/**
 * Takes the content of a chain, front to back: the manifest, each chunk of the base, the records.
 * Nothing reaches it that isn't verified, and nothing twice.
 */
public interface ChainSink {
  void manifest(Position position, Manifest manifest) throws IOException;

  /** A chunk whose content didn't occur before. */
  void chunk(int index, byte[] content) throws IOException;

  /** A chunk with the content of an earlier one. */
  void repeat(int index, int earlier) throws IOException;

  /** Every chunk was there. */
  void baseComplete() throws IOException;

  /**
   * The next record.
   *
   * @param plaintext of its envelope, which was sound; the sink's to close
   */
  void record(Position position, Spool plaintext) throws IOException;
}
