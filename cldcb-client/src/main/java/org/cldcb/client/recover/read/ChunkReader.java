package org.cldcb.client.recover.read;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.client.recover.read.Envelopes.Subject;
import org.cldcb.codec.Hash;
import org.cldcb.format.BlockTags;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.EnvelopeInputStream;
import org.cldcb.format.Manifest;
import org.cldcb.format.Place;
import org.cldcb.link.RefusedException;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;

/**
 * Fetches the chunks of a base, each content once, and gives them on when they are proven. Goes on
 * where it stopped if it is given another link. Not thread-safe.
 */
final class ChunkReader {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_MAX = 1024;

  private final Manifest manifest;
  private final FirstChunks firsts;
  private final ChainVerifier verifier;
  private final Envelopes envelopes;
  private final ChainSink sink;
  private final FileTags tags;
  private final BlockTags tagging;
  private int next;

  /**
   * Nothing read yet.
   *
   * @param tags where those of the chunks' blocks are noted
   */
  ChunkReader(
      Manifest manifest, ChainVerifier verifier, Envelopes envelopes, ChainSink sink, FileTags tags)
      throws ChainException {
    this.manifest = manifest;
    this.firsts = new FirstChunks(manifest);
    this.verifier = verifier;
    this.envelopes = envelopes;
    this.sink = sink;
    this.tags = tags;
    this.tagging = new BlockTags(manifest.facts().chunkIdKey());
  }

  void read(Link link) throws IOException {
    int asked = ask(next, link);
    while (next < manifest.chunks().size()) {
      int end = asked;
      // Asked for ahead, so that it is on its way while the batch before it is opened.
      asked = ask(end, link);
      readUntil(end, link);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Those of all blocks that were read. */
  FileTags tags() {
    return tags;
  }

  /** How many were read. */
  int read() {
    return next;
  }

  /** Asks for a batch, and returns where it ends. */
  private int ask(int from, Link link) throws IOException {
    int end = batchEnd(from);
    List<Hash> wanted =
        IntStream.range(from, end).filter(firsts::isFirst).mapToObj(manifest.chunks()::id).toList();
    if (!wanted.isEmpty()) {
      link.send(new GetChunks(wanted));
    }
    return end;
  }

  private void readUntil(int end, Link link) throws IOException {
    while (next < end) {
      if (firsts.isFirst(next)) {
        sink.chunk(next, receive(next, link));
      } else {
        tags.repeat(block(next), block(firsts.of(next)), blocks(next));
        sink.repeat(next, firsts.of(next));
      }
      next++;
    }
  }

  private int batchEnd(int from) {
    int left = Math.min(BATCH_MAX, BATCH_BYTES / manifest.chunkSize());
    int end = from;
    while (end < manifest.chunks().size() && left > 0) {
      left -= firsts.isFirst(end) ? 1 : 0;
      end++;
    }
    return end;
  }

  private byte[] receive(int index, Link link) throws IOException {
    Hash id = manifest.chunks().id(index);
    Subject subject = new Subject("chunk " + id, Reason.CHUNK_ALTERED, Reason.CHUNK_ALTERED);
    Chunk chunk = next(subject, link);
    if (!chunk.id().equals(id)) {
      throw subject.fault(Reason.CHUNK_SWAPPED, "was asked for, and chunk " + chunk.id() + " came");
    }
    verifier.chunk(id, envelopes.delegate(subject, chunk.part()));
    byte[] content =
        envelopes.open(
            subject, new Place.OfChunk(id), chunk.part(), link, in -> content(subject, index, in));
    byte[] noted = tagging.of(content);
    if (!tagging.chunkId(noted).equals(id)) {
      throw subject.fault(Reason.CHUNK_SWAPPED, "holds what belongs to another id");
    }
    tags.put(block(index), noted);
    return content;
  }

  private long block(int index) {
    return (long) index * (manifest.chunkSize() / BlockTags.BLOCK);
  }

  private long blocks(int index) {
    return BlockTags.count(manifest.chunkLength(index));
  }

  private byte[] content(Subject subject, int index, EnvelopeInputStream in) throws IOException {
    byte[] content = ChunkCodec.decode(in, manifest.chunkLength(index));
    if (!in.digest().equals(manifest.chunks().digest(index))) {
      throw subject.fault(Reason.CHUNK_ALTERED, "isn't the one that the manifest names");
    }
    return content;
  }

  private static Chunk next(Subject subject, Link link) throws IOException {
    try {
      Message message = link.receive();
      if (message instanceof Chunk chunk) {
        return chunk;
      }
    } catch (RefusedException e) {
      if (e.code() != RefusalCode.NOT_FOUND && e.code() != RefusalCode.CHUNKS_MISSING) {
        throw e;
      }
    }
    throw subject.fault(Reason.CHUNK_MISSING, "is missing on the server");
  }
}
