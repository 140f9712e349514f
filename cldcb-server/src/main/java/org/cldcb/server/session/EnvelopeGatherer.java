package org.cldcb.server.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Segment;
import org.cldcb.io.Spool;
import org.cldcb.server.store.Envelope;
import org.cldcb.wire.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an envelope together from the messages that it comes in, checks its structure and computes
 * its digest. Most have one part only; the rest of a large one goes to a spool. Not thread-safe.
 */
final class EnvelopeGatherer {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeGatherer.class);
  private static final int SPOOL_MEMORY = 1 << 20;

  private final FirstParts firstParts;
  private final ChainDigest digest;
  private final long limit;
  private final Path directory;
  private final Spooled spooled;
  private final PublicKey nodeId;
  private final Function<Envelope, CompletableFuture<Message>> request;
  private final Supplier<CompletableFuture<Message>> refusal;
  private byte[] first = {};
  private @Nullable Spool rest;
  private long spooledBytes;
  private long size;
  private boolean whole;
  private boolean noRoom;

  /**
   * Gathers an envelope for a request.
   *
   * @param firstParts the session's
   * @param digest begun for the envelope's place
   * @param limit bytes of the envelope at most
   * @param directory where a large one is kept meanwhile
   * @param spooled what is kept so of all nodes
   * @param nodeId whose it is
   * @param request what to ask of the store once the envelope is whole
   * @param refusal what to answer instead if the disk had no room for it
   */
  EnvelopeGatherer(
      FirstParts firstParts,
      ChainDigest digest,
      long limit,
      Path directory,
      Spooled spooled,
      PublicKey nodeId,
      Function<Envelope, CompletableFuture<Message>> request,
      Supplier<CompletableFuture<Message>> refusal) {
    this.firstParts = firstParts;
    this.digest = digest;
    this.limit = limit;
    this.directory = directory;
    this.spooled = spooled;
    this.nodeId = nodeId;
    this.request = request;
    this.refusal = refusal;
  }

  /** Takes the header and the first segment. */
  void first(byte[] part) throws IOException {
    count(part);
    first = part;
    whole = firstParts.isWhole(part);
    digest.update(part);
  }

  /** Takes the next message, which can only be a further segment. */
  void further(Message message) throws IOException {
    if (!(message instanceof org.cldcb.wire.Segment segment)) {
      throw new FormatException("an envelope is not complete");
    }
    count(segment.bytes());
    whole = Segment.parse(segment.bytes()).last();
    digest.update(segment.bytes());
    if (!noRoom) {
      keep(segment.bytes());
    }
  }

  /** Where there is no room, the rest is let pass: only after its end can it be refused. */
  private void keep(byte[] segment) throws IOException {
    spooled.add(nodeId, segment.length);
    spooledBytes += segment.length;
    Spool spool = rest == null ? new Spool(directory, SPOOL_MEMORY) : rest;
    rest = spool;
    try {
      spool.write(segment);
    } catch (IOException e) {
      if (!isFull(e)) {
        throw e;
      }
      LOG.error("{}: a large envelope is refused, as there is no room: {}", nodeId, e.getMessage());
      noRoom = true;
      close();
    }
  }

  /** The JDK has no other sign of it; the launcher sees to the language. */
  private static boolean isFull(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left on device");
  }

  private void count(byte[] part) throws OverLimitException {
    size += part.length;
    if (size > limit) {
      throw new OverLimitException("an envelope has at most " + limit + " bytes here");
    }
  }

  boolean isWhole() {
    return whole;
  }

  /** Bytes in memory. */
  long heldBytes() {
    return first.length + (rest == null ? 0 : Math.min(rest.size(), SPOOL_MEMORY));
  }

  /** Asks the store; frees the spool once it has answered. */
  CompletableFuture<Message> submit() {
    if (noRoom) {
      return refusal.get();
    }
    Envelope envelope = new Envelope(first, rest, size, digest.finish());
    return CompletableFuture.completedFuture(envelope)
        .thenCompose(request)
        .whenComplete((answer, failure) -> close());
  }

  /** Frees the spool. */
  void close() {
    spooled.remove(nodeId, spooledBytes);
    spooledBytes = 0;
    try (Spool last = rest) {
      rest = null;
    } catch (IOException e) {
      LOG.warn("a spool can't be closed", e);
    }
  }
}
