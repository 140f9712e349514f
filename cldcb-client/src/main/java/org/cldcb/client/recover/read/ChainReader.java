package org.cldcb.client.recover.read;

import java.io.IOException;
import java.nio.file.Path;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.client.recover.read.Envelopes.Subject;
import org.cldcb.codec.Hash;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.format.Place;
import org.cldcb.format.Segment;
import org.cldcb.io.Spool;
import org.cldcb.wire.Claims;
import org.cldcb.wire.End;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.Message;
import org.cldcb.wire.StoredRecord;

/**
 * Reads a node's chain and gives its content to a sink: claims, base, records, all of it verified
 * by {@link ChainVerifier}. A record reaches the sink only when its envelope was sound to its last
 * byte, so whatever broke off, {@link #read} with another link goes on after the last good record.
 * Memory is bounded. Not thread-safe.
 */
public final class ChainReader implements AutoCloseable {
  private static final int SPOOL_LIMIT = 1 << 20;

  private final ChainVerifier verifier;
  private final Envelopes envelopes;
  private final ChainSink sink;
  private final Path scratch;
  private final BaseReader base;
  private boolean baseComplete;
  private long recordBytes;

  /**
   * Nothing read yet.
   *
   * @param verifier that has accepted nothing yet
   * @param opener the caller's to close
   * @param scratch a folder for large records and manifests
   */
  public ChainReader(ChainVerifier verifier, EnvelopeOpener opener, ChainSink sink, Path scratch) {
    this.verifier = verifier;
    this.envelopes = new Envelopes(opener);
    this.sink = sink;
    this.scratch = scratch;
    base = new BaseReader(verifier, envelopes, sink, scratch);
  }

  /**
   * Reads all that wasn't read yet.
   *
   * @return the server's head, at which the chain ends
   * @throws ChainException if it must not be accepted
   */
  public Head read(Link link) throws IOException {
    readClaims(link);
    if (!baseComplete) {
      base.read(link);
      baseComplete = true;
    }
    return readRecords(link);
  }

  /** Bytes of the envelopes of all records read, but for the framing of their segments. */
  public long recordBytes() {
    return recordBytes;
  }

  /** A number that grows with each chunk and each record read. */
  public long progress() {
    return verifier.head().seq() + base.progress();
  }

  @Override
  public void close() throws IOException {
    base.close();
  }

  private void readClaims(Link link) throws IOException {
    Claims claims;
    do {
      link.send(new GetClaims(verifier.lastClaim() + 1));
      claims = link.receive(Claims.class);
      for (StoredClaim claim : claims.claims()) {
        verifier.claim(claim);
      }
    } while (!claims.claims().isEmpty());
  }

  /** One request after the other, since the server may give out fewer than there are. */
  private Head readRecords(Link link) throws IOException {
    while (true) {
      long before = verifier.head().seq();
      link.send(new GetRecords(before));
      Head end = readUntilEnd(link);
      if (verifier.endsAt(end)) {
        return end;
      }
      if (verifier.head().seq() == before) {
        throw new ChainException(
            Reason.TRUNCATED,
            "the server's head is record " + end.seq() + ", but it gives none after " + before);
      }
    }
  }

  private Head readUntilEnd(Link link) throws IOException {
    try (ReadAhead replies = new ReadAhead(link)) {
      while (true) {
        Message message = replies.receive();
        if (message instanceof End end) {
          return end.head();
        }
        if (!(message instanceof StoredRecord record)) {
          throw new ChainException(
              Reason.TRUNCATED, "the records break off after record " + verifier.head().seq());
        }
        readRecord(record, replies);
      }
    }
  }

  private void readRecord(StoredRecord record, Replies replies) throws IOException {
    Position position = record.position();
    Subject subject =
        new Subject(ChainVerifier.name(position), Reason.ENVELOPE_ALTERED, Reason.ENVELOPE_ALTERED);
    verifier.record(position, envelopes.delegate(subject, record.part()));
    Spool plaintext = new Spool(scratch, SPOOL_LIMIT);
    Hash digest = open(subject, record, replies, plaintext);
    recordBytes += record.part().length + Math.max(0, plaintext.size() - Segment.PLAINTEXT);
    sink.record(position, plaintext);
    verifier.opened(digest);
  }

  private Hash open(Subject subject, StoredRecord record, Replies replies, Spool plaintext)
      throws IOException {
    try {
      return envelopes.open(
          subject,
          new Place.OfRecord(record.position()),
          record.part(),
          replies,
          in -> {
            in.transferTo(plaintext);
            return in.digest();
          });
    } catch (IOException | RuntimeException e) {
      plaintext.close();
      throw e;
    }
  }
}
