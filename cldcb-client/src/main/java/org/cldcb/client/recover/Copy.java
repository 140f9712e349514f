package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.chain.Head;
import org.cldcb.client.recover.database.DatabaseBuilder;
import org.cldcb.client.recover.database.Findings;
import org.cldcb.client.recover.read.ChainReader;
import org.cldcb.format.EnvelopeOpener;

/** A node's database in the making, from a chain that is verified as it comes. Not thread-safe. */
final class Copy implements AutoCloseable {
  private final Path file;
  private final ChainVerifier verifier;
  private final DatabaseBuilder database;
  private final StagedSink sink;
  private final ChainReader reader;

  /** Nothing read yet; {@code opener} stays the caller's. */
  Copy(Source source, EnvelopeOpener opener, Workspace workspace, CopyProgress progress)
      throws IOException {
    this.file = workspace.file();
    verifier = new ChainVerifier(source.identity().nodeId(), source.serverKey());
    database = new DatabaseBuilder(file);
    sink = new StagedSink(database, progress);
    sink.prepare(database::prepare);
    reader = new ChainReader(verifier, opener, sink, workspace.folder());
  }

  /**
   * Reads what there is and wasn't read yet.
   *
   * @return the server's head, which is the copy's
   */
  Head catchUp(Backup backup) throws IOException {
    Head head = read(backup);
    sink.finish();
    database.settle();
    return head;
  }

  private Head read(Backup backup) throws IOException {
    try {
      return reader.read(backup);
    } catch (ChainException e) {
      // What came before it in the chain may be at fault too: then that is to be told.
      sink.finish();
      throw e;
    }
  }

  /** A number that grows with what was read. */
  long progress() {
    return reader.progress();
  }

  Findings check() throws IOException {
    return database.check();
  }

  /** The number for a claim on the chain that was read. */
  long nextClaim() {
    return verifier.lastClaim() + 1;
  }

  Instant lastWrite() {
    return database.lastWrite();
  }

  /** The key that chunk ids are made with; the manifest's own, not to be wiped. */
  byte[] chunkIdKey() {
    return database.facts().chunkIdKey();
  }

  Recovered summary() {
    return new Recovered(
        verifier.head().dataVersion(),
        lastWrite(),
        database.facts().fileSize(),
        database.records(),
        reader.recordBytes());
  }

  Path file() {
    return file;
  }

  /** Ends the work: from then on the file is complete, on stable storage, and nobody's. */
  void complete() throws IOException {
    database.close();
  }

  @Override
  public void close() throws IOException {
    sink.close();
    reader.close();
    database.close();
  }
}
