package org.cldcb.format;

import java.io.IOException;
import java.security.SecureRandom;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.io.Spool;

/**
 * All that one process seals under one ephemeral key (docs/FORMAT.md §2). The ephemeral key itself
 * is forgotten at once: only the symmetric keys stay. Not thread-safe.
 */
public final class SealingRun implements AutoCloseable {
  /** Envelopes of a run at most. */
  public static final int MAX_ENVELOPES = 1024;

  private final RunKeys keys;
  private int sealed;

  private SealingRun(RunKeys keys) {
    this.keys = keys;
  }

  /** Starts a run: two ECDH, some hundred microseconds. */
  public static SealingRun start(Identity identity, PrivateKey delegate, SecureRandom random) {
    try (PrivateKey ephemeral = PrivateKey.generate(random)) {
      return start(identity, delegate, ephemeral);
    }
  }

  static SealingRun start(Identity identity, PrivateKey delegate, PrivateKey ephemeral) {
    EnvelopeHeader header = new EnvelopeHeader(ephemeral.publicKey(), delegate.publicKey());
    byte[] ephemeralShare = ephemeral.ecdh(identity.nodeId());
    byte[] delegateShare = delegate.ecdh(identity.nodeId());
    return new SealingRun(new RunKeys(header, identity, ephemeralShare, delegateShare));
  }

  /** Whether this run has sealed as many envelopes as it may. */
  public boolean isUsedUp() {
    return sealed >= MAX_ENVELOPES;
  }

  boolean isNearlyUsedUp() {
    return sealed >= MAX_ENVELOPES / 2;
  }

  /**
   * Seals a padded plaintext for a place. The same plaintext, place and run give the same bytes, so
   * that a retry is identical.
   */
  public EnvelopeParts seal(Place place, Spool plaintext) throws IOException {
    sealed++;
    return new EnvelopeParts(keys, place, plaintext);
  }

  @Override
  public void close() {
    keys.close();
  }
}
