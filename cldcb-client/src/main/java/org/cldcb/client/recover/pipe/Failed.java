package org.cldcb.client.recover.pipe;

import java.io.IOException;

/**
 * A failure on its way from one thread to another.
 *
 * @param cause an IOException, or an unchecked one
 */
public record Failed(Throwable cause) {
  /** Fails as the other thread did. */
  public IOException rethrow() throws IOException {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (IOException) cause;
  }
}
