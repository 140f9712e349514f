package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * Keeps backups. Requests that write are futures: the message in them is the answer to the client,
 * and it is there only once everything that it says is on stable storage. They fail only where the
 * storage does ({@link StoreException}); a session that may no longer write gets its {@code error}
 * or {@code superseded} as the answer. Requests that read block. Thread-safe.
 */
public interface BackupStore extends AutoCloseable {

  // --- the operator's side, effective when they return

  /**
   * Puts a node on the allow-list, or changes its label.
   *
   * @param label empty: the one that is there stays
   * @param quota bytes that it may keep, 0: no limit; null: as it is, the default for a new one
   */
  void allow(PublicKey nodeId, String label, @Nullable Long quota);

  /** The same, with the quota as it is. */
  default void allow(PublicKey nodeId, String label) {
    allow(nodeId, label, null);
  }

  /** Takes a node off the allow-list and keeps its data; false if it is not known. */
  boolean revoke(PublicKey nodeId);

  /** Takes a node off the list and deletes its data; false if it is not known. */
  boolean forget(PublicKey nodeId);

  List<NodeEntry> nodes();

  List<BackupSummary> summaries();

  /** What the nodes that have a quota and a backup keep. */
  List<Quota.OfNode> quotas();

  /** The room that is left. */
  Space space();

  /** Changes whenever the list of nodes does, by whichever process. */
  long listVersion();

  boolean isAllowed(PublicKey nodeId);

  // --- a client's side

  /**
   * Welcomes a client whose delegation is verified, or says why not: {@code welcome}, {@code
   * superseded} or {@code error}. A writing one takes the next epoch.
   *
   * @param epoch what the hello names: the one to join in {@link Mode#BULK}, else 0
   */
  CompletableFuture<Message> hello(BackupId backup, PublicKey delegate, Mode mode, long epoch);

  /** Answers {@code claimed}, or {@code refused} where number, signature or head don't fit. */
  CompletableFuture<Message> claim(Writer writer, Claim claim, Head expected);

  /** Answers {@code appended} or {@code refused}. */
  CompletableFuture<Message> append(
      Writer writer, AppendHow how, Position position, Hash expected, Envelope envelope);

  /** Begins a base; the number names it until it is committed or dropped. */
  CompletableFuture<Long> beginBase(Writer writer);

  /** Forgets a base that was begun and not committed. */
  CompletableFuture<Void> dropBase(long pendingBase);

  /**
   * Answers {@code offered}; makes the chunks part of the base in the making, if there is one.
   *
   * @param pendingBase from {@link #beginBase}, or 0
   */
  CompletableFuture<Message> offer(Writer writer, long pendingBase, List<Hash> ids);

  /** Answers {@code stored} with the digest of the envelope that is kept, or {@code refused}. */
  CompletableFuture<Message> chunk(Writer writer, Hash id, Envelope envelope);

  /**
   * Answers {@code based} or {@code refused}.
   *
   * @param pendingBase from {@link #beginBase}; of no meaning for a delta
   * @param parent digest of the manifest that a delta stands on; zeros: it is a full one
   */
  CompletableFuture<Message> manifest(
      Writer writer,
      long pendingBase,
      BaseHow how,
      Position position,
      Hash expected,
      Hash parent,
      Envelope envelope);

  /** Where the backup stands once all that was asked before is done. */
  CompletableFuture<HeadState> settled(BackupId backup);

  // --- reading

  /** Claims from this number on, at most as many as fit into a message. */
  List<StoredClaim> claims(BackupId backup, long from);

  HeadState head(BackupId backup);

  /**
   * The manifest of a base.
   *
   * @param digest its own; zeros: the current base's
   */
  Optional<StoredEnvelope> base(BackupId backup, Hash digest);

  Optional<StoredEnvelope> chunk(BackupId backup, Hash id);

  /** Records after this seq in order: at least one if there is one, about so many bytes at most. */
  List<StoredEnvelope> records(BackupId backup, long afterSeq, int bytes);

  /**
   * A segment after the first.
   *
   * @param index from 0
   * @throws StoreException if it is not there (the envelope was deleted meanwhile)
   */
  byte[] segment(StoredEnvelope.Key key, int index);

  Status status(BackupId backup);

  // --- upkeep

  /** Deletes what retention no longer keeps, and chunks that nothing refers to. */
  void sweep();

  /**
   * Deletes the oldest generations that compaction ended before their time: those of a node that is
   * over its quota, and anybody's if room is short. To be called every moment or so, by one thread.
   */
  void makeRoom();

  /**
   * Recomputes digests of some of what is stored, oldest check first; what is rotten is forgotten,
   * so that the client is asked for it again.
   *
   * @param bytes about how much to read
   */
  void scrub(long bytes);

  @Override
  void close();
}
