package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.Status;

/** Reads a backup as a recovery does, and checks all that can be checked without keys. */
final class WholeChain {
  private static final int PAGE_BYTES = 1 << 20;

  private final BackupStore store;
  private final BackupId backup;
  private final List<Hash> digests = new ArrayList<>();
  private Head at = Head.EMPTY;
  private Head before = Head.EMPTY;
  private long generation;
  private long lowestGeneration;
  private long recordBytes;

  private WholeChain(BackupStore store, BackupId backup) {
    this.store = store;
    this.backup = backup;
  }

  static List<Hash> assertWhole(BackupStore store, Client client) {
    return assertWhole(store, client.backup());
  }

  /** Fails unless the base, its chunks and the records up to the head are there; their digests. */
  static List<Hash> assertWhole(BackupStore store, BackupId backup) {
    WholeChain chain = new WholeChain(store, backup);
    chain.base(store.base(backup, Hash.ZERO).orElseThrow());
    chain.records();
    chain.figures();
    return chain.digests;
  }

  private void base(StoredEnvelope manifest) {
    at = manifest.position().asHead();
    generation = manifest.position().generation();
    lowestGeneration = generation - 1;
    StoredEnvelope full = manifest;
    for (Optional<Hash> parent = Envelopes.parentOf(full.first());
        parent.isPresent();
        parent = Envelopes.parentOf(full.first())) {
      full = store.base(backup, parent.get()).orElseThrow();
      assertThat(digestOf(full)).isEqualTo(parent.get());
    }
    for (Hash id : Envelopes.chunksOf(full.first())) {
      StoredEnvelope chunk = store.chunk(backup, id).orElseThrow();
      assertThat(chunk.first()).isEqualTo(Envelopes.bytes("chunk " + id));
    }
  }

  /** A manifest's. */
  static Hash digestOf(StoredEnvelope manifest) {
    return ChainDigest.ofManifest(manifest.position()).update(manifest.first()).finish();
  }

  private void records() {
    List<StoredEnvelope> page = page();
    while (!page.isEmpty()) {
      page.forEach(this::record);
      page = page();
    }
  }

  private List<StoredEnvelope> page() {
    return store.records(backup, at.seq(), PAGE_BYTES);
  }

  private void record(StoredEnvelope record) {
    Position position = record.position();
    assertThat(position.seq()).isEqualTo(at.seq() + 1);
    assertThat(position.prev()).isEqualTo(at.digest());
    assertThat(position.dataVersion()).isBetween(at.dataVersion(), at.dataVersion() + 1);
    assertThat(position.generation()).isBetween(lowestGeneration, generation);
    lowestGeneration = position.generation();
    before = at;
    at = position.headWith(digest(record));
    digests.add(at.digest());
  }

  private Hash digest(StoredEnvelope record) {
    ChainDigest digest = ChainDigest.ofRecord(record.position()).update(record.first());
    recordBytes += record.first().length;
    for (int n = 0; n < record.segments(); n++) {
      byte[] segment = store.segment(record.key(), n);
      digest.update(segment);
      recordBytes += segment.length;
    }
    return digest.finish();
  }

  private void figures() {
    HeadState state = store.head(backup);
    assertThat(state.head().sameRecord(at)).as("%s is %s", state.head(), at).isTrue();
    assertThat(state.head().generation()).isEqualTo(generation);
    assertThat(state.parent().sameRecord(before)).isTrue();
    assertThat(state.flags().usableBase()).isTrue();
    Status status = store.status(backup);
    assertThat(status.records()).isEqualTo(digests.size());
    assertThat(status.recordBytes()).isEqualTo(recordBytes);
  }
}
