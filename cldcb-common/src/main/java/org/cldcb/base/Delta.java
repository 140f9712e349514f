package org.cldcb.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.BlockTags;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.DeltaWriter;
import org.cldcb.io.Spool;

/**
 * What changed in a file since the base that the cache knows, ready to be sealed. Memory is bounded
 * whatever the file's size.
 *
 * @param plaintext of the manifest
 * @param draft of the cache, for when the server has it
 * @param changed blocks in this delta and those below it
 */
record Delta(
    Hash parent, Spool plaintext, PageCache.Draft draft, Hash root, int depth, long changed)
    implements AutoCloseable {
  private static final int PIECE = 1 << 16;
  private static final int SPOOL_MEMORY = 1 << 20;

  /** The server takes a manifest in one transaction, and all others wait meanwhile. */
  private static final long MAX_BYTES = 32 << 20;

  /**
   * Compares the file with what the cache knows.
   *
   * @param scratch a folder of the caller's, for what doesn't go into memory
   * @return empty if there is nothing to compare with, or a full base is worth more by now
   */
  static Optional<Delta> of(Path file, BaseFacts facts, PageCache cache, Path scratch)
      throws IOException {
    Optional<PageCache.Known> known = cache.read();
    if (known.isEmpty() || known.get().depth() == DeltaReader.MAX_DEPTH) {
      return Optional.empty();
    }
    Spool spool = new Spool(scratch, SPOOL_MEMORY);
    PageCache.Draft draft = cache.begin(scratch);
    try (InputStream tags = cache.tags();
        DeltaWriter out = new DeltaWriter(spool, facts, known.get().manifest())) {
      Comparison comparison = new Comparison(known.get(), facts, tags, out, spool, draft);
      if (comparison.run(file)) {
        Hash root = draft.root();
        out.finish(root);
        return Optional.of(
            new Delta(
                known.get().manifest(),
                spool,
                draft,
                root,
                known.get().depth() + 1,
                comparison.changed));
      }
    } catch (IOException | RuntimeException e) {
      drop(spool, draft);
      throw e;
    }
    drop(spool, draft);
    return Optional.empty();
  }

  private static void drop(Spool spool, PageCache.Draft draft) throws IOException {
    draft.close();
    spool.close();
  }

  /** The server has it. */
  void keep(Hash manifest, long fileSize) {
    draft.keep(new PageCache.Known(manifest, depth, fileSize, changed), root);
  }

  @Override
  public void close() throws IOException {
    drop(plaintext, draft);
  }

  /** One pass over the file. */
  private static final class Comparison {
    private final BlockTags tagging;
    private final InputStream known;
    private final DeltaWriter out;
    private final Spool spool;
    private final PageCache.Draft draft;
    private final long worthIt;
    private long knownLeft;
    private long index;
    private long changed;

    Comparison(
        PageCache.Known known,
        BaseFacts facts,
        InputStream tags,
        DeltaWriter out,
        Spool spool,
        PageCache.Draft draft) {
      tagging = new BlockTags(facts.chunkIdKey());
      this.known = tags;
      this.out = out;
      this.spool = spool;
      this.draft = draft;
      worthIt = BlockTags.count(facts.fileSize()) / 2;
      knownLeft = BlockTags.count(known.fileSize());
      changed = known.changed();
    }

    /** Whether it was worth it. */
    boolean run(Path file) throws IOException {
      try (FileBlocks blocks = new FileBlocks(file)) {
        while (blocks.hasNext() && changed <= worthIt && spool.size() <= MAX_BYTES) {
          byte[] piece = blocks.next(PIECE);
          byte[] tags = tagging.of(piece);
          draft.add(tags);
          compare(piece, tags);
        }
      }
      return changed <= worthIt && spool.size() <= MAX_BYTES;
    }

    private void compare(byte[] piece, byte[] tags) throws IOException {
      byte[] before = before(tags.length);
      for (int tag = 0, at = 0; tag < tags.length; tag += BlockTags.TAG, at += BlockTags.BLOCK) {
        int end = tag + BlockTags.TAG;
        if (before.length < end || !Arrays.equals(tags, tag, end, before, tag, end)) {
          out.block(index, piece, at, Math.min(BlockTags.BLOCK, piece.length - at));
          changed++;
        }
        index++;
      }
    }

    private byte[] before(int length) throws IOException {
      int wanted = (int) Math.min(length, knownLeft * BlockTags.TAG);
      knownLeft -= wanted / BlockTags.TAG;
      return known.readNBytes(wanted);
    }
  }
}
