package org.cldcb.client.recover.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.client.recover.read.Envelopes.Subject;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.BlockTags;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a base: its manifests, the chunks of the full one, then what each delta changes. What comes
 * out is the file whose root the uppermost manifest has. Goes on where it stopped if it is given
 * another link. Not thread-safe.
 */
final class BaseReader implements AutoCloseable {
  private static final Subject SUBJECT =
      new Subject("the manifest", Reason.ENVELOPE_ALTERED, Reason.BASE_INVALID);

  private final ChainVerifier verifier;
  private final Envelopes envelopes;
  private final ChainSink sink;
  private final Path scratch;
  private final LayerReader layers;
  private @Nullable FileTags tags;
  private @Nullable ChunkReader chunks;

  BaseReader(ChainVerifier verifier, Envelopes envelopes, ChainSink sink, Path scratch) {
    this.verifier = verifier;
    this.envelopes = envelopes;
    this.sink = sink;
    this.scratch = scratch;
    layers = new LayerReader(verifier, envelopes, scratch);
  }

  /** Reads all of it, or what wasn't read yet. */
  void read(Link link) throws IOException {
    List<Layer> all = layers.read(link);
    if (chunks == null) {
      chunks = Envelopes.within(SUBJECT, () -> begin(all));
    }
    ChunkReader base = chunks;
    base.read(link);
    Envelopes.within(SUBJECT, () -> finish(base, all.subList(1, all.size())));
    sink.baseComplete();
  }

  /** A number that grows with what was read. */
  int progress() {
    ChunkReader base = chunks;
    return layers.read() + (base == null ? 0 : base.read());
  }

  private ChunkReader begin(List<Layer> all) throws IOException {
    Layer full = all.get(0);
    verifier.base(full.position(), full.delegate());
    Manifest manifest = full.manifest();
    BaseFacts top = manifest.facts();
    if (top.startsChain()) {
      verifier.chainStart(top.chainStart());
    }
    for (Layer layer : all.subList(1, all.size())) {
      verifier.base(layer.position(), layer.delegate());
      top = above(top, layer);
    }
    FileTags noted = new FileTags(scratch);
    tags = noted;
    sink.manifest(all.get(all.size() - 1).position(), top, manifest);
    return new ChunkReader(manifest, verifier, envelopes, sink, noted);
  }

  private static BaseFacts above(BaseFacts below, Layer layer) throws IOException {
    try (DeltaReader delta = layer.delta()) {
      if (!Arrays.equals(delta.facts().chunkIdKey(), below.chunkIdKey())) {
        throw SUBJECT.fault(Reason.BASE_INVALID, "has another key than what it stands on");
      }
      return delta.facts();
    }
  }

  /** Applies the deltas, and insists on the root of the uppermost layer. */
  private boolean finish(ChunkReader base, List<Layer> deltas) throws IOException {
    FileTags noted = base.tags();
    Hash root = base.manifest().root();
    long fileSize = base.manifest().facts().fileSize();
    BlockTags tagging = new BlockTags(base.manifest().facts().chunkIdKey());
    for (Layer layer : deltas) {
      try (DeltaReader delta = layer.delta()) {
        fileSize = delta.facts().fileSize();
        root = apply(delta, noted, tagging);
      }
    }
    if (!noted.root(BlockTags.count(fileSize)).equals(root)) {
      throw SUBJECT.fault(Reason.BASE_INVALID, "is of another file than its layers give");
    }
    return true;
  }

  private Hash apply(DeltaReader delta, FileTags noted, BlockTags tagging) throws IOException {
    long fileSize = delta.facts().fileSize();
    noted.truncate(BlockTags.count(fileSize));
    sink.delta(fileSize);
    for (byte[] block = delta.next(); block != null; block = delta.next()) {
      noted.put(delta.index(), tagging.of(block));
      sink.block(delta.index(), block);
    }
    return delta.root();
  }

  @Override
  public void close() throws IOException {
    if (tags != null) {
      tags.close();
    }
    layers.close();
  }
}
