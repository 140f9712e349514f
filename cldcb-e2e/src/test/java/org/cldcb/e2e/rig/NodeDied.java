package org.cldcb.e2e.rig;

import org.jspecify.annotations.Nullable;

/** The rig's lightningd went down of itself, as the real one would: with this as its last words. */
public class NodeDied extends RuntimeException {
  private static final long serialVersionUID = 1;

  NodeDied(String lastWords) {
    this(lastWords, null);
  }

  NodeDied(String lastWords, @Nullable Throwable cause) {
    super(lastWords, cause);
  }
}
