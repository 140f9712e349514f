package org.cldcb.chain;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.crypto.PublicKey;

/**
 * The claims of a node on a server, and who was the writer where: docs/FORMAT.md §9. Not
 * thread-safe.
 */
final class ClaimLine {
  private final PublicKey nodeId;
  private final PublicKey server;
  private final List<StoredClaim> claims = new ArrayList<>();
  private int current;

  ClaimLine(PublicKey nodeId, PublicKey server) {
    this.nodeId = nodeId;
    this.server = server;
  }

  /** Number of the last claim, 0 if there is none. */
  long last() {
    return claims.size();
  }

  /** Takes the next claim, if the node made it. */
  void add(StoredClaim stored) throws ChainException {
    Claim claim = stored.claim();
    long expected = last() + 1;
    if (claim.number() != expected) {
      throw bad("claim " + claim.number() + " came where claim " + expected + " belongs");
    }
    if (!claim.isValid(nodeId, server)) {
      throw bad("claim " + claim.number() + " isn't signed by the node for this server");
    }
    if (!claims.isEmpty() && stored.head().seq() < seq(claims.size() - 1)) {
      throw bad("claim " + claim.number() + " is said to be older than the one before it");
    }
    claims.add(stored);
  }

  /**
   * Insists that this delegate was the writer at a place of the chain, and goes on from there: the
   * claim number never falls.
   *
   * @param what names the envelope in the message
   */
  void pass(PublicKey delegate, long seq, String what) throws ChainException {
    for (int i = current; i < claims.size(); i++) {
      if (isOf(i, delegate) && covers(i, seq)) {
        current = i;
        return;
      }
    }
    requireKnown(delegate, what);
    throw new ChainException(
        Reason.OUTSIDE_CLAIM,
        what + " was sealed by " + delegate + " while another delegate was the writer");
  }

  /** Insists that the node made this key its delegate at some time. */
  void requireKnown(PublicKey delegate, String what) throws ChainException {
    for (int i = 0; i < claims.size(); i++) {
      if (isOf(i, delegate)) {
        return;
      }
    }
    throw new ChainException(
        Reason.NO_DELEGATION,
        what + " was sealed by " + delegate + ", which the node never made its delegate");
  }

  /**
   * The writer's stretch goes from the head it claimed to the next claim's, both included: what it
   * claimed on may be a record that never committed, which it then replaces.
   */
  private boolean covers(int index, long seq) {
    boolean last = index == claims.size() - 1;
    return seq(index) <= seq && (last || seq <= seq(index + 1));
  }

  private boolean isOf(int index, PublicKey delegate) {
    return claims.get(index).claim().delegate().equals(delegate);
  }

  private long seq(int index) {
    return claims.get(index).head().seq();
  }

  private static ChainException bad(String message) {
    return new ChainException(Reason.BAD_CLAIM, message);
  }
}
