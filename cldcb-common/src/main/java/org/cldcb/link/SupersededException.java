package org.cldcb.link;

import java.io.IOException;
import org.cldcb.chain.Claim;

/** The server says that another delegate has claimed the node's backup, and shows the claim. */
public final class SupersededException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Claim claim;

  public SupersededException(Claim claim) {
    super("another installation has claimed this node's backup (claim " + claim.number() + ")");
    this.claim = claim;
  }

  /** The claim, unverified. */
  public Claim claim() {
    return claim;
  }
}
