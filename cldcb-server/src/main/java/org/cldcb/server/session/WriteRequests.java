package org.cldcb.server.session;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.FormatException;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.Envelope;
import org.cldcb.server.store.Writer;
import org.cldcb.wire.Append;
import org.cldcb.wire.Based;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.RefusalCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that write, and which of them a session may make: docs/PROTOCOL.md §3 and §4. Lives on
 * the event loop.
 */
final class WriteRequests {
  private static final Logger LOG = LoggerFactory.getLogger(WriteRequests.class);
  private static final long MAX_CHUNK_BYTES = 2 << 20;
  static final long MAX_ENVELOPE_BYTES = 1 << 30;

  private final Services services;
  private final BackupStore store;
  private final LiveSession session;
  private final Writer writer;
  private final BaseInTheMaking base;
  private final Answers answers;
  private final Executor eventLoop;
  private final FirstParts firstParts = new FirstParts();
  private @Nullable EnvelopeGatherer gatherer;

  WriteRequests(
      Services services,
      LiveSession session,
      Writer writer,
      BaseInTheMaking base,
      Answers answers) {
    this.services = services;
    this.store = services.store();
    this.session = session;
    this.writer = writer;
    this.base = base;
    this.answers = answers;
    this.eventLoop = session.channel().eventLoop();
  }

  /** Whether only a further segment may come now. */
  boolean isGathering() {
    return gatherer != null;
  }

  /** Takes the next message of an envelope. */
  void gather(Message message) throws IOException {
    EnvelopeGatherer current = gatherer;
    if (current != null) {
      current.further(message);
      submitIfWhole(current);
    }
  }

  void append(Append append) throws IOException {
    require(session.mode() == Mode.WRITE, "append");
    begin(
        ChainDigest.ofRecord(append.position()),
        MAX_ENVELOPE_BYTES,
        append.part(),
        envelope ->
            whenFree(
                () ->
                    store.append(
                        writer, append.how(), append.position(), append.expected(), envelope)));
  }

  /** Begins a base; completes on the event loop, and until then no request may come. */
  CompletableFuture<Void> beginBase() throws FormatException {
    require(writer.epoch() != 0, "begin_base");
    return base.begin(eventLoop);
  }

  void offer(Offer offer) throws IOException {
    require(session.mode() != Mode.READ, "offer");
    base.offered(offer.ids().size());
    answers.add(store.offer(writer, base.number(), offer.ids()), 0);
  }

  void chunk(Chunk chunk) throws IOException {
    require(session.mode() != Mode.READ, "chunk");
    begin(
        ChainDigest.ofChunk(chunk.id()),
        MAX_CHUNK_BYTES,
        chunk.part(),
        envelope -> store.chunk(writer, chunk.id(), envelope));
  }

  void manifest(PutManifest manifest) throws IOException {
    require(manifest.isDelta() || base.number() != 0, "manifest without begin_base");
    begin(
        ChainDigest.ofManifest(manifest.position()),
        MAX_ENVELOPE_BYTES,
        manifest.part(),
        envelope -> whenFree(() -> commit(base.number(), manifest, envelope)));
  }

  /** The session is over: what isn't complete is forgotten. */
  void end() {
    if (gatherer != null) {
      gatherer.close();
      gatherer = null;
    }
    base.end();
  }

  private CompletableFuture<Message> whenFree(Supplier<CompletableFuture<Message>> request) {
    return services.sessions().holds().whenFree(session, request);
  }

  private CompletableFuture<Message> commit(long number, PutManifest manifest, Envelope envelope) {
    return store
        .manifest(
            writer,
            number,
            manifest.how(),
            manifest.position(),
            manifest.expected(),
            manifest.parent(),
            envelope)
        .thenApply(answer -> committed(number, answer));
  }

  private Message committed(long number, Message answer) {
    if (answer instanceof Based based) {
      LOG.info(
          "{}: base of generation {} at seq {}",
          session,
          based.head().generation(),
          based.head().seq());
      eventLoop.execute(() -> base.committed(number));
    }
    return answer;
  }

  private void begin(
      ChainDigest digest,
      long limit,
      byte[] part,
      Function<Envelope, CompletableFuture<Message>> request)
      throws IOException {
    EnvelopeGatherer begun =
        new EnvelopeGatherer(
            firstParts,
            digest,
            limit,
            services.spoolDirectory(),
            services.sessions().spooled(),
            writer.backup().nodeId(),
            request,
            this::refuseForRoom);
    gatherer = begun;
    begun.first(part);
    submitIfWhole(begun);
  }

  private CompletableFuture<Message> refuseForRoom() {
    return CompletableFuture.supplyAsync(
        () -> Refusals.refuse(store, writer.backup(), RefusalCode.DISK_FULL), services.blocking());
  }

  private void submitIfWhole(EnvelopeGatherer current) {
    if (current.isWhole()) {
      gatherer = null;
      long heldBytes = current.heldBytes();
      answers.add(current.submit(), heldBytes);
    }
  }

  private static void require(boolean allowed, String what) throws FormatException {
    if (!allowed) {
      throw new FormatException(what + " is not allowed in this session");
    }
  }
}
