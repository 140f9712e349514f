package org.cldcb.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.BlockTags;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.Place;
import org.cldcb.format.RunSource;
import org.cldcb.io.Spool;
import org.cldcb.link.Session;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Stored;

/**
 * Brings the server the chunks of a file that it lacks, a batch at a time: memory stays bounded
 * whatever the file's size. Not thread-safe.
 */
final class ChunkUpload {
  private static final int BATCH_BYTES = 4 << 20;

  /**
   * Chunks on the way: 64 are allowed, and 4 MiB, which so many of the largest pages stay below.
   */
  private static final int MAX_UNANSWERED = 60;

  private final Session session;
  private final RunSource runs;
  private final BlockTags tagging;
  private final int chunkSize;
  private final Progress progress;

  ChunkUpload(
      Session session, RunSource runs, byte[] chunkIdKey, int chunkSize, Progress progress) {
    this.session = session;
    this.runs = runs;
    this.tagging = new BlockTags(chunkIdKey);
    this.chunkSize = chunkSize;
    this.progress = progress;
  }

  /** Takes what a manifest says of the file, chunk by chunk. */
  @FunctionalInterface
  interface Sink {
    /** Says nothing to nobody. */
    Sink NONE = (tags, id, digest) -> {};

    void chunk(byte[] tags, Hash id, Hash digest) throws IOException;
  }

  /** A chunk that was read. */
  private record Read(byte[] content, byte[] tags, Hash id) {}

  void upload(Path file, Sink sink) throws IOException {
    try (FileBlocks blocks = new FileBlocks(file)) {
      while (blocks.hasNext()) {
        uploadBatch(readBatch(blocks), sink);
        progress.progress(blocks.at(), blocks.size());
      }
    }
  }

  private List<Read> readBatch(FileBlocks blocks) throws IOException {
    List<Read> chunks = new ArrayList<>();
    for (int left = Math.max(chunkSize, BATCH_BYTES); blocks.hasNext() && left > 0; ) {
      byte[] content = blocks.next(chunkSize);
      byte[] tags = tagging.of(content);
      chunks.add(new Read(content, tags, tagging.chunkId(tags)));
      left -= chunkSize;
    }
    return chunks;
  }

  private void uploadBatch(List<Read> chunks, Sink sink) throws IOException {
    Offer offer = new Offer(chunks.stream().map(Read::id).toList());
    List<Hash> digests = session.offer(offer).digests();
    Map<Hash, Hash> stored = new LinkedHashMap<>();
    int answered = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Read chunk = chunks.get(i);
      if (digests.get(i).isZero() && stored.putIfAbsent(chunk.id(), Hash.ZERO) == null) {
        if (stored.size() - answered > MAX_UNANSWERED) {
          awaitStored(stored);
          answered++;
        }
        send(chunk.id(), chunk.content());
      }
    }
    for (; answered < stored.size(); answered++) {
      awaitStored(stored);
    }
    for (int i = 0; i < chunks.size(); i++) {
      Read chunk = chunks.get(i);
      sink.chunk(chunk.tags(), chunk.id(), stored.getOrDefault(chunk.id(), digests.get(i)));
    }
  }

  /** Takes an answer to a chunk that was sent and not answered yet. */
  private void awaitStored(Map<Hash, Hash> stored) throws IOException {
    Stored answer = session.awaitStored();
    if (answer.digest().isZero()
        || !Hash.ZERO.equals(stored.replace(answer.id(), answer.digest()))) {
      throw new FormatException("the server acknowledged another chunk than was sent");
    }
  }

  private void send(Hash id, byte[] chunk) throws IOException {
    byte[] plaintext = ChunkCodec.encode(chunk);
    try (Spool spool = Spool.of(plaintext)) {
      session.sendChunk(id, runs.current().seal(new Place.OfChunk(id), spool));
    }
  }
}
