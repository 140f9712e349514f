package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Place;
import org.cldcb.format.RunSource;
import org.cldcb.io.Spool;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Mode;

/**
 * Writes records in the place of a node's plugin while that is down, of noise, and many at a time:
 * faster than hooks can. Not thread-safe.
 */
final class Feeder implements AutoCloseable {
  /** What a write of a busy node comes to, padded. */
  private static final int RECORD_BYTES = 1024;

  /** The server reads no further where more wait for their answer. */
  private static final int IN_FLIGHT = 64;

  private static final int TIMEOUT_MILLIS = 60_000;

  private final SecureRandom random = new SecureRandom();
  private final Random noise = new Random(1);
  private final Wrapper wrapper;
  private final RunSource runs;
  private final Session session;
  private Head head;

  /** Makes a base if there is none. */
  Feeder(Path wrapperFile) throws IOException {
    wrapper = WrapperFile.read(wrapperFile);
    runs = new RunSource(wrapper.identity(), wrapper.delegateKey(), random);
    session = Session.open(Access.of(wrapper), Mode.WRITE, 0, random, TIMEOUT_MILLIS);
    head = session.welcome().head();
    if (head.isEmpty()) {
      head = startChain();
    }
  }

  private Head startChain() throws IOException {
    Position start = new Position(1, 1, 1, ChainDigest.chainStart(Hash.ZERO));
    session.beginBase();
    EnvelopeParts manifest = runs.current().seal(new Place.OfManifest(start), noise());
    return session.putManifest(BaseHow.CHAIN_START, start, Hash.ZERO, Hash.ZERO, manifest).head();
  }

  /** Appends until the chain has a record of this number; returns its data_version. */
  long feedUpTo(long seq) throws IOException {
    int inFlight = 0;
    while (head.seq() < seq) {
      session.send(nextRecord());
      inFlight++;
      if (inFlight == IN_FLIGHT) {
        await(IN_FLIGHT / 2);
        inFlight -= IN_FLIGHT / 2;
      }
    }
    await(inFlight);
    return head.dataVersion();
  }

  private Append nextRecord() throws IOException {
    Position position = head.next(head.dataVersion() + 1);
    Hash expected = head.digest();
    EnvelopeParts record = runs.current().seal(new Place.OfRecord(position), noise());
    Append append = new Append(AppendHow.APPEND, position, expected, record.next());
    head = position.headWith(record.digest());
    return append;
  }

  private void await(int acknowledgements) throws IOException {
    for (int i = 0; i < acknowledgements; i++) {
      session.receive(Appended.class);
    }
  }

  private Spool noise() {
    byte[] bytes = new byte[RECORD_BYTES];
    noise.nextBytes(bytes);
    return Spool.of(bytes);
  }

  @Override
  public void close() {
    session.close();
    runs.close();
    wrapper.close();
  }
}
