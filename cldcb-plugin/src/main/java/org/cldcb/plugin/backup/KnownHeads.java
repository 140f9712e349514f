package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.Digests;
import org.jspecify.annotations.Nullable;

/**
 * The last head that the server acknowledged and the one that it stands on, kept in a file beside
 * the database from one process to the next. By the version alone, a server could pass off a record
 * of a branch as what the database holds, and have the next one sealed upon it. A help and no more:
 * where nothing is known of a version, the server's word stands. Not thread-safe.
 */
final class KnownHeads {
  private static final String NAME = ".cldcb-heads";
  private static final int HEADS = 2 * 56;

  private final Path file;
  private Head head = Head.EMPTY;
  private Head before = Head.EMPTY;
  private boolean read;
  private boolean changed;

  KnownHeads(Path folder) {
    file = folder.resolve(NAME);
  }

  /** The server acknowledged this. */
  void note(Head newHead, Head newBefore) {
    head = newHead;
    before = newBefore;
    read = true;
    changed = true;
  }

  /**
   * Whether the record that made this version was another one.
   *
   * @param basis what the next record is to follow
   */
  boolean contradict(Head basis) {
    if (!read) {
      read();
    }
    @Nullable Head known =
        head.dataVersion() == basis.dataVersion()
            ? head
            : before.dataVersion() == basis.dataVersion() ? before : null;
    return known != null && !known.isEmpty() && !known.sameRecord(basis);
  }

  /**
   * Keeps what was noted. Not fsynced: what a power cut takes or tears is not known, and no more.
   */
  void keep() throws IOException {
    if (changed) {
      ByteWriter out = new ByteWriter(HEADS);
      head.write(out);
      before.write(out);
      byte[] heads = out.toBytes();
      // In place, since it is always as long: ext4 sends to the disk at once what follows a cut.
      Files.write(
          file,
          new ByteWriter().bytes(heads).bytes(Digests.sha256(heads)).toBytes(),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
      changed = false;
    }
  }

  private void read() {
    read = true;
    try {
      ByteReader in = new ByteReader(Files.readAllBytes(file));
      byte[] heads = in.bytes(HEADS);
      if (Arrays.equals(in.rest(), Digests.sha256(heads))) {
        take(new ByteReader(heads));
      }
    } catch (IOException e) {
      // None yet, or none that can be read: then nothing is known.
      return;
    }
  }

  private void take(ByteReader in) throws FormatException {
    head = Head.read(in);
    before = Head.read(in);
  }
}
