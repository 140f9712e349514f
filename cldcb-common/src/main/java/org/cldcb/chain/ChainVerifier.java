package org.cldcb.chain;

import org.cldcb.chain.ChainException.Reason;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a chain is accepted (docs/FORMAT.md §8, §9), without its content: it is fed
 * claims, then the base's place (or those of its layers), then the place of each record before it
 * is opened and the digest once it was. What it has accepted stays accepted, so a broken stream
 * goes on after {@link #head}. Not thread-safe.
 */
public final class ChainVerifier {
  private final ClaimLine claims;
  private Head head = Head.EMPTY;
  private long lowestGeneration;
  private @Nullable Position opening;

  /**
   * Nothing accepted yet.
   *
   * @param server its key, which the claims name
   */
  public ChainVerifier(PublicKey nodeId, PublicKey server) {
    claims = new ClaimLine(nodeId, server);
  }

  /** Takes the next claim. */
  public void claim(StoredClaim claim) throws ChainException {
    if (claim.head().seq() < head.seq()) {
      throw new ChainException(
          Reason.OUTSIDE_CLAIM,
          "claim " + claim.claim().number() + " is older than records of the delegate before it");
    }
    claims.add(claim);
  }

  /** Number of the last claim, 0 if there is none. */
  public long lastClaim() {
    return claims.last();
  }

  /** Takes the place of a manifest and the delegate that sealed it, before it is opened. */
  public void manifest(Position position, PublicKey delegate) throws ChainException {
    if (position.generation() == 0 || position.prev().isZero()) {
      throw new ChainException(Reason.BASE_INVALID, "the manifest stands on nothing");
    }
    claims.requireKnown(delegate, "the manifest");
  }

  /**
   * Takes the place of the base's manifest once it was opened. Of a delta, it first takes those of
   * what that stands on, from the lowest up.
   *
   * @param delegate who sealed it
   */
  public void base(Position position, PublicKey delegate) throws ChainException {
    if (position.generation() <= head.generation()
        || position.seq() < head.seq()
        || position.dataVersion() < head.dataVersion()) {
      throw new ChainException(
          Reason.BASE_INVALID, "the manifest stands on a base that isn't older");
    }
    claims.pass(delegate, position.seq(), "the manifest");
    head = position.asHead();
    // How far behind the first record's writer was isn't told; from then on it never falls.
    lowestGeneration = 0;
  }

  /** Insists that a base which says that it starts a chain stands on that chain's start. */
  public void chainStart(Hash start) throws ChainException {
    if (!head.digest().equals(start)) {
      throw new ChainException(
          Reason.BASE_INVALID, "the manifest starts a chain but doesn't stand on its start");
    }
  }

  /** Takes the delegate that sealed a chunk; all else of it is in the manifest. */
  public void chunk(Hash id, PublicKey delegate) throws ChainException {
    claims.requireKnown(delegate, "chunk " + id);
  }

  /** Takes the place of the next record, before it is opened. */
  public void record(Position position, PublicKey delegate) throws ChainException {
    requireNext(position);
    requireGeneration(position);
    long step = position.dataVersion() - head.dataVersion();
    if (step != 0 && step != 1) {
      throw fault(
          Reason.VERSION_MISMATCH,
          position,
          "has data_version " + position.dataVersion() + " after " + head.dataVersion());
    }
    claims.pass(delegate, position.seq(), name(position));
    opening = position;
  }

  /** Takes the digest of the record announced last, which opened to its last byte. */
  public void opened(Hash digest) {
    if (opening == null) {
      throw new IllegalStateException("no record was announced");
    }
    head = opening.headWith(digest);
    lowestGeneration = opening.generation();
    opening = null;
  }

  /** Where the chain that was accepted stands; empty before the base. */
  public Head head() {
    return head;
  }

  /**
   * Whether the accepted chain ends at the server's head.
   *
   * @return false if records are to come yet
   * @throws ChainException if it can't come to end there any more
   */
  public boolean endsAt(Head server) throws ChainException {
    if (head.sameRecord(server)) {
      if (lowestGeneration > server.generation()) {
        throw new ChainException(
            Reason.BAD_GENERATION,
            "the last record is of generation "
                + lowestGeneration
                + ", the server's head of "
                + server.generation());
      }
      return true;
    }
    if (server.seq() <= head.seq()) {
      throw new ChainException(
          Reason.WRONG_BRANCH, "the server's head is not on the chain that it gave out");
    }
    return false;
  }

  /** How messages name a record. */
  public static String name(Position position) {
    return "record " + position.seq();
  }

  private void requireNext(Position position) throws ChainException {
    long expected = head.seq() + 1;
    if (position.seq() < expected) {
      throw fault(Reason.RECORD_REPEATED, position, "came again after record " + head.seq());
    }
    if (position.seq() > expected) {
      throw fault(Reason.RECORD_MISSING, position, "came where record " + expected + " belongs");
    }
    if (!position.prev().equals(head.digest())) {
      throw fault(Reason.WRONG_BRANCH, position, "doesn't follow the record before it");
    }
  }

  private void requireGeneration(Position position) throws ChainException {
    long generation = position.generation();
    if (generation < lowestGeneration) {
      throw fault(
          Reason.BAD_GENERATION,
          position,
          "is of generation " + generation + " after one of " + lowestGeneration);
    }
  }

  private static ChainException fault(Reason reason, Position position, String what) {
    return new ChainException(reason, name(position) + " " + what);
  }
}
