package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/** The plaintext of a chunk's envelope, and the chunk's id: docs/FORMAT.md §6. */
public final class ChunkCodec {
  private static final int STORED = 0;
  private static final int DEFLATED = 1;
  private static final int HEADER = 5;

  private ChunkCodec() {}

  /** The id of a chunk. */
  public static Hash id(byte[] chunkIdKey, byte[] chunk) {
    BlockTags tags = new BlockTags(chunkIdKey);
    return tags.chunkId(tags.of(chunk));
  }

  /** The padded plaintext that holds a chunk. */
  public static byte[] encode(byte[] chunk) {
    byte[] deflated = deflate(chunk);
    boolean smaller = deflated.length < chunk.length;
    byte[] data = smaller ? deflated : chunk;
    byte[] plaintext =
        new ByteWriter(HEADER + data.length)
            .u8(smaller ? DEFLATED : STORED)
            .u32(data.length)
            .bytes(data)
            .toBytes();
    return Arrays.copyOf(plaintext, (int) Padme.padded(plaintext.length));
  }

  /**
   * The chunk that a plaintext holds.
   *
   * @param size bytes that the chunk has, from the manifest
   */
  public static byte[] decode(InputStream plaintext, int size) throws IOException {
    ByteReader header = new ByteReader(plaintext.readNBytes(HEADER));
    int codec = header.u8(DEFLATED, "chunk codec");
    long length = header.u32();
    if (length > size || codec == STORED && length != size) {
      throw new FormatException("chunk of " + length + " bytes where " + size + " are expected");
    }
    byte[] data = plaintext.readNBytes((int) length);
    if (data.length != length) {
      throw new FormatException("chunk ends early");
    }
    Padding.check(plaintext, HEADER + length);
    return codec == STORED ? data : inflate(data, size);
  }

  private static byte[] deflate(byte[] chunk) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length / 2 + 64);
    try (DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater)) {
      compressed.write(chunk);
    } catch (IOException e) {
      throw new IllegalStateException("an array takes every byte", e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] data, int size) throws IOException {
    try (RawInflater in = new RawInflater(new ByteArrayInputStream(data))) {
      byte[] chunk = in.readNBytes(size);
      if (chunk.length != size || in.read() != -1 || in.unread() != 0) {
        throw new FormatException("chunk does not inflate to " + size + " bytes");
      }
      return chunk;
    }
  }
}
