package org.cldcb.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.cldcb.io.Spool;

/** Manifests as bytes. */
public final class Manifests {
  private Manifests() {}

  public static byte[] encode(Manifest manifest) {
    try {
      Spool spool = new Spool(Path.of(""), Integer.MAX_VALUE);
      manifest.write(spool);
      return spool.read().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
