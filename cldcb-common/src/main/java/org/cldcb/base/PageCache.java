package org.cldcb.base;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Optional;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.Digests;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.BlockTags;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.RootDigest;
import org.jspecify.annotations.Nullable;

/**
 * The tags of the last base's blocks, in a file beside the database, so that the next base need
 * only bring what changed. A help and no more: where anything is wrong with it, the next base is a
 * full one. It is never fsynced: what a power cut tears, its checksum shows. Not thread-safe.
 */
public final class PageCache {
  private static final String NAME = ".cldcb-pages";
  private static final int VERSION = 1;
  private static final int TRAILER = 1 + Hash.SIZE + 1 + 8 + 8;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final byte[] key;

  /**
   * That of a node.
   *
   * @param folder the database's
   * @param chunkIdKey with which it is checked, too: tags of another key are worth nothing
   */
  public PageCache(Path folder, byte[] chunkIdKey) {
    this.file = folder.resolve(NAME);
    this.key = chunkIdKey;
  }

  /**
   * What is known of a base.
   *
   * @param manifest its digest
   * @param depth how many deltas it is above a full one
   * @param changed blocks in these deltas
   */
  record Known(Hash manifest, int depth, long fileSize, long changed) {}

  /** What is known of the last base, if all that is there is whole. */
  Optional<Known> read() {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long tags = in.length() - TRAILER - Digests.BYTES;
      if (tags < 0) {
        return Optional.empty();
      }
      in.seek(tags);
      byte[] trailer = new byte[TRAILER];
      in.readFully(trailer);
      byte[] checksum = new byte[Digests.BYTES];
      in.readFully(checksum);
      Known known = known(new ByteReader(trailer));
      boolean whole =
          tags == BlockTags.count(known.fileSize()) * BlockTags.TAG
              && MessageDigest.isEqual(checksum, checksum(root(tags), trailer));
      return whole ? Optional.of(known) : Optional.empty();
    } catch (IOException e) {
      // None yet, or none that can be read.
      return Optional.empty();
    }
  }

  private static Known known(ByteReader in) throws FormatException {
    if (in.u8() != VERSION) {
      throw new FormatException("of another version");
    }
    Known known = new Known(in.hash(), in.u8(DeltaReader.MAX_DEPTH, "depth"), in.u64(), in.u64());
    if (known.fileSize() > BaseFacts.MAX_FILE_SIZE) {
      throw new FormatException("of too large a file");
    }
    return known;
  }

  private Hash root(long tags) throws IOException {
    RootDigest root = new RootDigest();
    try (InputStream in = tags()) {
      for (long left = tags; left > 0; ) {
        byte[] piece = in.readNBytes((int) Math.min(left, BUFFER));
        if (piece.length == 0) {
          throw new FormatException("shorter than it was");
        }
        root.update(piece);
        left -= piece.length;
      }
    }
    return root.finish();
  }

  private byte[] checksum(Hash root, byte[] trailer) {
    return Digests.hmacSha256(key, root.bytes(), trailer);
  }

  /** The tags, and what follows them. */
  InputStream tags() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  /** Forgets what is known. */
  public void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Begins to note the tags of a base in the making.
   *
   * @param scratch a folder of the caller's on the same file system, whose leftovers are removed
   */
  Draft begin(Path scratch) {
    return new Draft(scratch.resolve("pages"));
  }

  /**
   * The next cache in the making. That it can't be written must not keep a base from being made.
   */
  final class Draft implements AutoCloseable {
    private final Path draft;
    private final RootDigest root = new RootDigest();
    private @Nullable OutputStream out;

    private Draft(Path draft) {
      this.draft = draft;
      try {
        Files.deleteIfExists(draft);
        Files.createFile(
            draft,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        out = new BufferedOutputStream(Files.newOutputStream(draft), BUFFER);
      } catch (IOException e) {
        out = null;
      }
    }

    /** The next tags. */
    void add(byte[] tags) {
      root.update(tags);
      attempt(to -> to.write(tags));
    }

    /** The root of all that was added; nothing can be added any more. */
    Hash root() {
      return root.finish();
    }

    /** The base is safe on the server: what was noted is what is known from now on. */
    void keep(Known known, Hash ofRoot) {
      byte[] trailer =
          new ByteWriter(TRAILER)
              .u8(VERSION)
              .hash(known.manifest())
              .u8(known.depth())
              .u64(known.fileSize())
              .u64(known.changed())
              .toBytes();
      attempt(
          to -> {
            to.write(trailer);
            to.write(checksum(ofRoot, trailer));
            to.close();
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
          });
    }

    private void attempt(Work work) {
      OutputStream to = out;
      try {
        if (to != null) {
          work.run(to);
        }
      } catch (IOException e) {
        // The next base is a full one then.
        close();
      }
    }

    @Override
    public void close() {
      try (OutputStream last = out) {
        out = null;
        Files.deleteIfExists(draft);
      } catch (IOException e) {
        // It lies in a folder that is removed.
        return;
      }
    }
  }

  /** Something that is done with the draft. */
  @FunctionalInterface
  private interface Work {
    void run(OutputStream to) throws IOException;
  }
}
