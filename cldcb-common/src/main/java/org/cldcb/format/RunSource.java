package org.cldcb.format;

import java.security.SecureRandom;
import org.cldcb.crypto.PrivateKey;
import org.jspecify.annotations.Nullable;

/** Gives a process its runs: a new one when the last is used up. Not thread-safe. */
public final class RunSource implements AutoCloseable {
  private final Identity identity;
  private final PrivateKey delegate;
  private final SecureRandom random;
  private @Nullable SealingRun run;
  private @Nullable SealingRun ahead;

  public RunSource(Identity identity, PrivateKey delegate, SecureRandom random) {
    this.identity = identity;
    this.delegate = delegate;
    this.random = random;
  }

  /** The run for the next envelope. */
  public SealingRun current() {
    SealingRun current = run;
    if (current == null || current.isUsedUp()) {
      SealingRun next = ahead != null ? ahead : SealingRun.start(identity, delegate, random);
      ahead = null;
      run = next;
      return next;
    }
    return current;
  }

  /** Makes the next run while there is time, so that {@link #current} is never slow. */
  public void prepare() {
    SealingRun current = run;
    if (ahead == null && (current == null || current.isNearlyUsedUp())) {
      ahead = SealingRun.start(identity, delegate, random);
    }
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
    }
    if (ahead != null) {
      ahead.close();
    }
  }
}
