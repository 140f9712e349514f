package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The preset dictionary of codec 1: part of the format, never changed (docs/FORMAT.md §5.3). */
final class Dictionary {
  private static final String RESOURCE = "dictionary-1.bin";

  private Dictionary() {}

  /** Shared, since every record takes it: not to be changed. */
  static byte[] one() {
    return Holder.BYTES;
  }

  /** Loads it when it is first needed, not when the plugin starts. */
  private static final class Holder {
    private static final byte[] BYTES = load();

    private static byte[] load() {
      try (InputStream in = Dictionary.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks " + RESOURCE);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
