package org.cldcb.link;

import java.io.IOException;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;

/** The server refused one request; the session goes on. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Refused refused;

  public RefusedException(Refused refused) {
    super(reason(refused.code()));
    this.refused = refused;
  }

  public RefusalCode code() {
    return refused.code();
  }

  /** What the server has, which often tells why. */
  public Refused refused() {
    return refused;
  }

  private static String reason(RefusalCode code) {
    return switch (code) {
      case HEAD_MOVED -> "the backup's head is not the one expected";
      case NO_USABLE_BASE -> "the server has no usable base";
      case CHUNKS_MISSING -> "the server lacks chunks of this base";
      case OVER_QUOTA -> "the node's quota on the server is used up";
      case DISK_FULL -> "the server's disk is full";
      case BAD_CLAIM -> "the server did not accept the claim";
      case NOT_FOUND -> "the server does not have what was asked for";
    };
  }
}
