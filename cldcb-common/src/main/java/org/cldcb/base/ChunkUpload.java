package org.cldcb.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.ChunkList;
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
  private final byte[] chunkIdKey;
  private final int chunkSize;
  private final Progress progress;

  ChunkUpload(
      Session session, RunSource runs, byte[] chunkIdKey, int chunkSize, Progress progress) {
    this.session = session;
    this.runs = runs;
    this.chunkIdKey = chunkIdKey;
    this.chunkSize = chunkSize;
    this.progress = progress;
  }

  /** Uploads; the list that comes back is what a manifest says of the file. */
  ChunkList upload(Path file) throws IOException {
    ChunkList.Builder list = new ChunkList.Builder();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (long at = 0; at < size; ) {
        List<byte[]> chunks = readBatch(channel, at, size);
        uploadBatch(chunks, list);
        for (byte[] chunk : chunks) {
          at += chunk.length;
        }
        progress.progress(at, size);
      }
    }
    return list.build();
  }

  private List<byte[]> readBatch(FileChannel channel, long from, long size) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    long end = Math.min(size, from + Math.max(chunkSize, BATCH_BYTES));
    for (long at = from; at < end; at += chunkSize) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(chunkSize, size - at));
      while (chunk.hasRemaining() && channel.read(chunk, at + chunk.position()) > 0) {
        // Reads on until the chunk is full.
        continue;
      }
      if (chunk.hasRemaining()) {
        throw new IOException("the file became shorter while it was read: " + at);
      }
      chunks.add(chunk.array());
    }
    return chunks;
  }

  private void uploadBatch(List<byte[]> chunks, ChunkList.Builder list) throws IOException {
    List<Hash> ids = chunks.stream().map(chunk -> ChunkCodec.id(chunkIdKey, chunk)).toList();
    List<Hash> digests = session.offer(new Offer(ids)).digests();
    Map<Hash, Hash> stored = new LinkedHashMap<>();
    int answered = 0;
    for (int i = 0; i < ids.size(); i++) {
      if (digests.get(i).isZero() && stored.putIfAbsent(ids.get(i), Hash.ZERO) == null) {
        if (stored.size() - answered > MAX_UNANSWERED) {
          awaitStored(stored);
          answered++;
        }
        send(ids.get(i), chunks.get(i));
      }
    }
    for (; answered < stored.size(); answered++) {
      awaitStored(stored);
    }
    for (int i = 0; i < ids.size(); i++) {
      list.add(ids.get(i), stored.getOrDefault(ids.get(i), digests.get(i)));
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
