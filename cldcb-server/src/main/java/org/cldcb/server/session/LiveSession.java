package org.cldcb.server.session;

import io.netty.channel.Channel;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupId;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session as others see it, from its hello on. Guarded by the registry, but for its ends. */
final class LiveSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

  private final Channel channel;
  private final BackupId backup;
  private final PublicKey delegate;
  private final Mode mode;
  private final boolean ahead;
  private boolean welcome;
  private boolean claimant;
  private long claimNumber;
  private long epoch;

  /**
   * A session whose hello came just now.
   *
   * @param helloEpoch the epoch that the hello names
   */
  LiveSession(Channel channel, BackupId backup, PublicKey delegate, Mode mode, long helloEpoch) {
    this.channel = channel;
    this.backup = backup;
    this.delegate = delegate;
    this.mode = mode;
    this.ahead = mode == Mode.BULK && helloEpoch == 0;
  }

  Channel channel() {
    return channel;
  }

  BackupId backup() {
    return backup;
  }

  PublicKey delegate() {
    return delegate;
  }

  Mode mode() {
    return mode;
  }

  void welcomed(Welcome welcome) {
    this.welcome = true;
    claimant = welcome.standing() == Standing.CLAIMANT;
    claimNumber = welcome.claimNumber();
    epoch = mode == Mode.READ || ahead ? 0 : welcome.epoch();
  }

  boolean isWelcome() {
    return welcome;
  }

  /** The writer epoch; 0 if it has none. */
  long epoch() {
    return epoch;
  }

  void claimed(long number) {
    claimant = true;
    claimNumber = number;
  }

  boolean isClaimant() {
    return claimant;
  }

  /** Whether it is the claimant by an older claim than this. */
  boolean isSupersededBy(long number, PublicKey newDelegate) {
    return claimant && claimNumber < number && !delegate.equals(newDelegate);
  }

  /** Ends it at once with a message that is an end. */
  void end(Message last) {
    LOG.info("{} ended: {}", this, Errors.reason(last));
    channel.writeAndFlush(last);
  }

  @Override
  public String toString() {
    return "node " + backup.nodeId() + " " + backup.network() + " at " + channel.remoteAddress();
  }
}
