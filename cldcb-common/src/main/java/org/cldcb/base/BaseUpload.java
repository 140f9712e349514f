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
import org.cldcb.format.ChunkList;
import org.cldcb.format.Manifest;
import org.cldcb.format.Place;
import org.cldcb.format.RunSource;
import org.cldcb.io.Spool;
import org.cldcb.link.Session;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.jspecify.annotations.Nullable;

/**
 * Makes a base of a snapshot (docs/PROTOCOL.md §4): offers its chunks, sends those that are
 * lacking, commits the manifest. Not thread-safe.
 */
public final class BaseUpload {
  /** Bytes of a chunk, unless the database's pages are larger. */
  private static final int CHUNK = 16_384;

  private final Session session;
  private final RunSource runs;
  private final byte[] chunkIdKey;
  private final Progress progress;
  private @Nullable Head sent;

  public BaseUpload(Session session, RunSource runs, byte[] chunkIdKey, Progress progress) {
    this.session = session;
    this.runs = runs;
    this.chunkIdKey = chunkIdKey;
    this.progress = progress;
  }

  /** Stores the chunks of a file ahead of a base; the file may change meanwhile. */
  public void ahead(Path file, int pageSize) throws IOException {
    chunks(pageSize).upload(file);
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
    return commit(
        snapshot,
        state,
        new Kind(BaseHow.CHAIN_START, chainId, foreignKeysOff),
        position,
        old.digest());
  }

  /**
   * A base on a head of the chain as it is, where {@code foreign_keys} is ON.
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
    Kind kind = new Kind(BaseHow.ON_HEAD, Hash.ZERO, false);
    return commit(snapshot, state, kind, position, at.digest());
  }

  /** What sets one kind of base apart from another. */
  private record Kind(BaseHow how, Hash chainId, boolean foreignKeysOff) {}

  private Based commit(
      Snapshot snapshot, Snapshot.State state, Kind kind, Position position, Hash expected)
      throws IOException {
    session.beginBase();
    ChunkUpload upload = chunks(state.pageSize());
    ChunkList list = upload.upload(snapshot.file());
    Manifest manifest =
        new Manifest(
            InstantSource.system().instant().getEpochSecond(),
            kind.chainId(),
            kind.foreignKeysOff(),
            chunkIdKey,
            Files.size(snapshot.file()),
            chunkSize(state.pageSize()),
            state.findings(),
            list);
    try (Spool spool = Spool.of(manifest.encode())) {
      sent = position.asHead();
      return session.putManifest(
          kind.how(),
          position,
          expected,
          runs.current().seal(new Place.OfManifest(position), spool));
    }
  }

  /**
   * The head that the base gives, once its manifest was sent: the server may have committed it
   * though its answer got lost.
   */
  public Optional<Head> sent() {
    return Optional.ofNullable(sent);
  }

  private ChunkUpload chunks(int pageSize) {
    return new ChunkUpload(session, runs, chunkIdKey, chunkSize(pageSize), progress);
  }

  private static int chunkSize(int pageSize) {
    return Math.max(CHUNK, pageSize);
  }
}
