package org.cldcb.client.recover.read;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.Manifest;
import org.cldcb.io.Spool;

/**
 * A manifest whose envelope was sound to its last byte.
 *
 * @param delegate who sealed it
 * @param digest of the envelope
 * @param plaintext the caller's to close
 */
record Layer(Position position, PublicKey delegate, Hash digest, Spool plaintext)
    implements AutoCloseable {
  boolean isDelta() throws IOException {
    return DeltaReader.isOne(plaintext.read().read());
  }

  /** Of a full base. */
  Manifest manifest() throws IOException {
    try (InputStream in = plaintext.read()) {
      return Manifest.decode(in);
    }
  }

  /** Of any other; the caller's to close. */
  DeltaReader delta() throws IOException {
    return new DeltaReader(plaintext.read());
  }

  @Override
  public void close() throws IOException {
    plaintext.close();
  }
}
