package org.cldcb.base;

/** Hears how far long work has come. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /** Called often; both are bytes. */
  void progress(long done, long total);
}
