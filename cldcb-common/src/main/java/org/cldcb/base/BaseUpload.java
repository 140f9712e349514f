package org.cldcb.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.ManifestWriter;
import org.cldcb.format.Place;
import org.cldcb.format.RunSource;
import org.cldcb.io.Spool;
import org.cldcb.link.RefusedException;
import org.cldcb.link.Session;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes a base of a snapshot (docs/PROTOCOL.md §4): a delta of what changed since the one before,
 * or else a full one: offers its chunks, sends those that are lacking, commits the manifest. Not
 * thread-safe.
 */
public final class BaseUpload {
  /** Bytes of a chunk, unless the database's pages are larger. */
  private static final int CHUNK = 16_384;

  private static final int SPOOL_MEMORY = 1 << 20;

  private final Session session;
  private final RunSource runs;
  private final byte[] chunkIdKey;
  private final PageCache cache;
  private final Progress progress;
  private @Nullable Head sent;

  /**
   * Nothing made yet.
   *
   * @param cache of the same database
   */
  public BaseUpload(
      Session session, RunSource runs, byte[] chunkIdKey, PageCache cache, Progress progress) {
    this.session = session;
    this.runs = runs;
    this.chunkIdKey = chunkIdKey;
    this.cache = cache;
    this.progress = progress;
  }

  /** Stores the chunks of a file ahead of a base; the file may change meanwhile. */
  public void ahead(Path file, int pageSize) throws IOException {
    chunks(chunkSize(pageSize)).upload(file, ChunkUpload.Sink.NONE);
  }

  /**
   * A base that starts a chain, in place of all that the server has.
   *
   * @param old the server's head, which becomes a branch
   * @param foreignKeysOff whether lightningd is between the PRAGMAs of a schema migration
   */
  public Based startChain(
      Snapshot snapshot,
      Snapshot.State state,
      Head old,
      boolean foreignKeysOff,
      SecureRandom random)
      throws IOException {
    byte[] id = new byte[Hash.SIZE];
    random.nextBytes(id);
    Hash chainId = Hash.of(id);
    Position position =
        new Position(
            old.generation() + 1,
            old.seq() + 1,
            state.dataVersion(),
            ChainDigest.chainStart(chainId));
    BaseFacts facts = facts(snapshot, state, chainId, foreignKeysOff);
    return full(new Making(snapshot, state, facts, BaseHow.CHAIN_START, position, old.digest()));
  }

  /**
   * A base on a head of the chain as it is, where {@code foreign_keys} is ON: a delta where it can.
   *
   * @param at the head when the snapshot was taken
   * @param generation the base's own number
   */
  public Based onHead(Snapshot snapshot, Snapshot.State state, Head at, long generation)
      throws IOException {
    if (state.dataVersion() != at.dataVersion()) {
      throw new IOException(
          "the copy of the database has version "
              + state.dataVersion()
              + ", the backup's head "
              + at.dataVersion());
    }
    Position position = new Position(generation, at.seq(), at.dataVersion(), at.digest());
    BaseFacts facts = facts(snapshot, state, Hash.ZERO, false);
    Making base = new Making(snapshot, state, facts, BaseHow.ON_HEAD, position, at.digest());
    Optional<Based> delta = delta(base);
    return delta.isPresent() ? delta.get() : full(base);
  }

  /** A base in the making. */
  private record Making(
      Snapshot snapshot,
      Snapshot.State state,
      BaseFacts facts,
      BaseHow how,
      Position position,
      Hash expected) {
    /** For what doesn't go into memory: it goes with the snapshot. */
    Path scratch() {
      return snapshot.file().resolveSibling("");
    }
  }

  private BaseFacts facts(Snapshot snapshot, Snapshot.State state, Hash chainId, boolean keysOff)
      throws IOException {
    return new BaseFacts(
        InstantSource.system().instant().getEpochSecond(),
        chainId,
        keysOff,
        chunkIdKey,
        Files.size(snapshot.file()),
        state.findings());
  }

  /** Empty if it can't be a delta: then it is to be a full one. */
  private Optional<Based> delta(Making base) throws IOException {
    Optional<Delta> found = Delta.of(base.snapshot().file(), base.facts(), cache, base.scratch());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Delta delta = found.get()) {
      EnvelopeParts envelope =
          runs.current().seal(new Place.OfManifest(base.position()), delta.plaintext());
      Based based = put(base, delta.parent(), envelope);
      delta.keep(envelope.digest(), base.facts().fileSize());
      return Optional.of(based);
    } catch (RefusedException e) {
      if (e.code() != RefusalCode.CHUNKS_MISSING) {
        throw e;
      }
      // The server has another base than the cache knows.
      cache.forget();
      return Optional.empty();
    }
  }

  private Based full(Making base) throws IOException {
    session.beginBase();
    int chunkSize = chunkSize(base.state().pageSize());
    try (Spool spool = new Spool(base.scratch(), SPOOL_MEMORY);
        PageCache.Draft draft = cache.begin(base.scratch())) {
      ManifestWriter out = new ManifestWriter(spool, base.facts(), chunkSize);
      chunks(chunkSize)
          .upload(
              base.snapshot().file(),
              (tags, id, digest) -> {
                draft.add(tags);
                out.chunk(id, digest);
              });
      Hash root = draft.root();
      out.finish(root);
      EnvelopeParts envelope = runs.current().seal(new Place.OfManifest(base.position()), spool);
      Based based = put(base, Hash.ZERO, envelope);
      draft.keep(new PageCache.Known(envelope.digest(), 0, base.facts().fileSize(), 0), root);
      return based;
    }
  }

  private Based put(Making base, Hash parent, EnvelopeParts envelope) throws IOException {
    sent = base.position().asHead();
    return session.putManifest(base.how(), base.position(), base.expected(), parent, envelope);
  }

  /**
   * The head that the base gives, once its manifest was sent: the server may have committed it
   * though its answer got lost.
   */
  public Optional<Head> sent() {
    return Optional.ofNullable(sent);
  }

  private ChunkUpload chunks(int chunkSize) {
    return new ChunkUpload(session, runs, chunkIdKey, chunkSize, progress);
  }

  private static int chunkSize(int pageSize) {
    return Math.max(CHUNK, pageSize);
  }
}
