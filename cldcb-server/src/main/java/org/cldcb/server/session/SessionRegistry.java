package org.cldcb.server.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cldcb.chain.Claim;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupId;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Superseded;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * All sessions that live, so that they can be cut. The store alone decides who may write; this
 * makes sure that those who may not learn it at once. A session enters before anything about it is
 * checked, so that nothing which happens during the check is missed. Thread-safe.
 */
public final class SessionRegistry {
  /** Besides those that write. One may cost the server some MiB. */
  private static final int MAX_OF_A_NODE = 16;

  private final Holds holds = new Holds();
  private final Spooled spooled = new Spooled();
  private final Set<LiveSession> live = new LinkedHashSet<>();

  /** The last claim of each backup since the start, for sessions that were just being welcomed. */
  private final Map<BackupId, Claim> claims = new HashMap<>();

  Holds holds() {
    return holds;
  }

  Spooled spooled() {
    return spooled;
  }

  void enter(LiveSession session) {
    synchronized (this) {
      live.add(session);
    }
    session.channel().closeFuture().addListener(closed -> leave(session));
  }

  private void leave(LiveSession session) {
    synchronized (this) {
      live.remove(session);
    }
    holds.end(session);
  }

  /** The store welcomed it: cuts older writers, or itself if something newer came meanwhile. */
  synchronized void admit(LiveSession session, Welcome welcome) {
    session.welcomed(welcome);
    @Nullable Claim claim = claims.get(session.backup());
    if (claim != null) {
      cutIfSuperseded(session, claim);
    }
    if (session.epoch() != 0) {
      cutOlderWriters(session.backup());
    }
    cutTheOldestOfTooMany(session.backup().nodeId());
  }

  /** The one that writes isn't cut: others may read as they like, that concerns no lightningd. */
  private void cutTheOldestOfTooMany(PublicKey nodeId) {
    List<LiveSession> others =
        live.stream()
            .filter(session -> session.backup().nodeId().equals(nodeId))
            .filter(session -> session.isWelcome() && session.mode() != Mode.WRITE)
            .toList();
    others.stream()
        .limit(Math.max(0, others.size() - MAX_OF_A_NODE))
        .forEach(session -> session.end(Errors.overLimit("a node has at most so many sessions")));
  }

  private void cutOlderWriters(BackupId backup) {
    List<LiveSession> writers =
        of(backup).stream().filter(session -> session.epoch() != 0).toList();
    long newest = writers.stream().mapToLong(LiveSession::epoch).max().orElse(0);
    writers.stream()
        .filter(session -> session.epoch() < newest)
        .forEach(session -> session.end(Errors.newerWriter()));
  }

  /** A claim is stored: the sessions of older claimants end with it. */
  void claimed(LiveSession by, Claim claim) {
    synchronized (this) {
      by.claimed(claim.number());
      claims.put(by.backup(), claim);
      of(by.backup()).forEach(session -> cutIfSuperseded(session, claim));
    }
    holds.end(by);
  }

  private static void cutIfSuperseded(LiveSession session, Claim claim) {
    if (session.isSupersededBy(claim.number(), claim.delegate())) {
      session.end(new Superseded(claim));
    }
  }

  private List<LiveSession> of(BackupId backup) {
    return live.stream().filter(session -> session.backup().equals(backup)).toList();
  }

  /** The nodes that have sessions. */
  synchronized Set<PublicKey> nodes() {
    Set<PublicKey> nodes = new HashSet<>();
    live.forEach(session -> nodes.add(session.backup().nodeId()));
    return nodes;
  }

  /** The node is no longer allowed; returns how many sessions that ended. */
  synchronized int revoke(PublicKey nodeId) {
    List<LiveSession> revoked =
        live.stream().filter(session -> session.backup().nodeId().equals(nodeId)).toList();
    revoked.forEach(session -> session.end(Errors.notAllowed()));
    return revoked.size();
  }
}
