package org.cldcb.chain;

import java.io.IOException;

/**
 * A chain that must not be accepted: it isn't what the node's delegates sealed, not all of it, or
 * not in its order. The message says where and why.
 */
public final class ChainException extends IOException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** A claim's number or one of its signatures isn't right. */
    BAD_CLAIM,
    /** Sealed by a key that the node never made its delegate. */
    NO_DELEGATION,
    /** Sealed by a delegate where another one was the writer. */
    OUTSIDE_CLAIM,
    /** The generation doesn't go with the base, or falls along the chain. */
    BAD_GENERATION,
    /** What the manifest says doesn't go together, or SQLite can't open the base. */
    BASE_INVALID,
    /** The server doesn't give out a base that its base stands on. */
    LAYER_MISSING,
    /** What came isn't the base that the one above it names. */
    LAYER_SWAPPED,
    /** The server doesn't give out a chunk of its base. */
    CHUNK_MISSING,
    /** A chunk's envelope isn't the one in the manifest. */
    CHUNK_ALTERED,
    /** A chunk is not the one that was asked for. */
    CHUNK_SWAPPED,
    /** Records are left out, or out of order. */
    RECORD_MISSING,
    /** A record comes a second time. */
    RECORD_REPEATED,
    /** A record has the right number, but doesn't follow the one before. */
    WRONG_BRANCH,
    /** A record or manifest was altered, moved, or sealed for another node. */
    ENVELOPE_ALTERED,
    /** A record opens, but its content isn't a record's, or SQLite refuses it. */
    RECORD_INVALID,
    /** A record ends before its last segment, or the chain before its head. */
    TRUNCATED,
    /** The data_version isn't the one that it must be here. */
    VERSION_MISMATCH
  }

  private final Reason reason;

  public ChainException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ChainException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
