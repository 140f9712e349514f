package org.cldcb.client.recover.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.read.ChainSink;
import org.cldcb.codec.FormatException;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.Manifest;
import org.cldcb.format.RecordReader;
import org.cldcb.io.DurableFiles;
import org.cldcb.io.Spool;
import org.cldcb.sqlite.DataVersion;
import org.cldcb.sqlite.Sqlite;
import org.jspecify.annotations.Nullable;

/** Makes a database file of a chain. Not thread-safe. */
public final class DatabaseBuilder implements ChainSink, AutoCloseable {
  private final Path file;
  private @Nullable BaseFacts facts;
  private @Nullable DatabaseWriter writer;
  private @Nullable Replayer replayer;
  private Instant lastWrite = Instant.EPOCH;
  private long version;
  private long records;

  /**
   * Nothing yet.
   *
   * @param file must not exist, in a folder where nobody else works
   */
  public DatabaseBuilder(Path file) {
    this.file = file;
  }

  /** Loads SQLite, which takes a moment, before it is needed. */
  public void prepare() throws IOException {
    try {
      Replayer.load(file);
    } catch (SQLException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void manifest(Position position, BaseFacts base, Manifest full) throws IOException {
    writer = new DatabaseWriter(file, full);
    facts = base;
    version = position.dataVersion();
    lastWrite = instant(base.unixTime());
  }

  @Override
  public void chunk(int index, byte[] content) throws IOException {
    try {
      there(writer).write(index, content);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void repeat(int index, int earlier) throws IOException {
    try {
      there(writer).repeat(index, earlier);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void delta(long fileSize) throws IOException {
    try {
      there(writer).resize(fileSize);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void block(long index, byte[] content) throws IOException {
    try {
      there(writer).writeBlock(index, content);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void baseComplete() throws IOException {
    there(writer).finish();
    there(writer).close();
    try {
      replayer = new Replayer(file, facts().foreignKeysOff());
      requireVersion();
    } catch (SQLException e) {
      throw failed(Reason.BASE_INVALID, "SQLite can't open the base", e);
    }
  }

  @Override
  public void record(Position position, Spool plaintext) throws IOException {
    try (plaintext;
        RecordReader record = new RecordReader(plaintext.read())) {
      there(replayer).replay(record);
      lastWrite = instant(record.unixTime());
    } catch (FormatException e) {
      throw new ChainException(
          Reason.RECORD_INVALID, ChainVerifier.name(position) + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw failed(Reason.RECORD_INVALID, ChainVerifier.name(position) + " can't be replayed", e);
    }
    version = position.dataVersion();
    records++;
  }

  /** Brings all that was replayed to stable storage, and insists on its data_version. */
  public void settle() throws IOException {
    try {
      there(replayer).commit();
      requireVersion();
    } catch (SQLException e) {
      throw notWritten(e);
    }
    DurableFiles.sync(file);
  }

  /** The chain's fault, or the disk's. */
  private static IOException failed(Reason reason, String what, SQLException e) {
    return Sqlite.isOfDisk(e)
        ? notWritten(e)
        : new ChainException(reason, what + ": " + e.getMessage(), e);
  }

  private static IOException notWritten(Exception e) {
    return new IOException("the database can't be written: " + e.getMessage(), e);
  }

  /** Lets SQLite check the database. */
  public Findings check() throws IOException {
    settle();
    return Findings.of(there(replayer).connection(), facts().findings());
  }

  public BaseFacts facts() {
    return there(facts);
  }

  /** The clock of the plugin that sealed the last record, or the base if there is none after it. */
  public Instant lastWrite() {
    return lastWrite;
  }

  /** Records replayed. */
  public long records() {
    return records;
  }

  /** Closes the database: from then on it is one clean file. */
  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
    if (replayer != null) {
      try {
        replayer.close();
      } catch (SQLException e) {
        throw new IOException("the database can't be closed: " + e.getMessage(), e);
      }
      DurableFiles.sync(file);
    }
  }

  private void requireVersion() throws SQLException, ChainException {
    long found = DataVersion.of(there(replayer).connection());
    if (found != version) {
      throw new ChainException(
          Reason.VERSION_MISMATCH,
          "the recovered database has data_version " + found + ", the chain says " + version);
    }
  }

  /** A clock may say anything. */
  private static Instant instant(long unixTime) {
    return Instant.ofEpochSecond(Math.min(unixTime, Instant.MAX.getEpochSecond()));
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the base isn't there yet");
    }
    return part;
  }
}
