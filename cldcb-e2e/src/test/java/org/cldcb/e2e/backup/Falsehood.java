package org.cldcb.e2e.backup;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.e2e.backup.HostileSite.Truth;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.wire.Base;
import org.cldcb.wire.End;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.StoredRecord;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.params.provider.Arguments;

/** What lies are made of. */
final class Falsehood {
  static final String ALTERED = "altered, out of its place, or sealed for another node";
  static final String NO_DELEGATE = "which the node never made its delegate";

  private Falsehood() {}

  static Arguments lie(String what, String message, Lie... lies) {
    return Arguments.of(what, message, lies);
  }

  /** All of this truth, and the welcome to it. */
  static Lie past(Truth truth) {
    return new Lie() {
      @Override
      public Optional<Stream<?>> said(Message message) {
        return message instanceof Welcome welcome
            ? Optional.of(Stream.of(withHead(welcome, truth.end().head())))
            : Optional.empty();
      }

      @Override
      public Optional<Stream<?>> asked(Message request) {
        if (request instanceof GetBase base) {
          return Optional.of(
              base.digest().isZero()
                  ? first(truth, Base.class)
                  : truth.all(Base.class).stream().filter(b -> digest(b).equals(base.digest())));
        }
        if (request instanceof GetChunks wanted) {
          return Optional.of(
              wanted.ids().stream()
                  .map(
                      id ->
                          truth.chunks().stream()
                              .filter(c -> c.id().equals(id))
                              .findFirst()
                              .orElseThrow()));
        }
        if (request instanceof GetRecords after) {
          return Optional.of(
              Stream.concat(
                  truth.records().stream().filter(r -> r.position().seq() > after.afterSeq()),
                  Stream.of(truth.end())));
        }
        return Optional.empty();
      }
    };
  }

  /** Of a manifest of one part. */
  private static Hash digest(Base base) {
    return ChainDigest.ofManifest(base.position()).update(base.part()).finish();
  }

  static Stream<?> first(Truth truth, Class<? extends Message> type) {
    return truth.all(type).stream().limit(1);
  }

  static Welcome withHead(Welcome w, Head head) {
    return new Welcome(
        w.serverTime(), w.standing(), w.claimNumber(), w.epoch(), head, Head.EMPTY, w.flags());
  }

  static Welcome withTime(Welcome w, long serverTime) {
    return new Welcome(
        serverTime, w.standing(), w.claimNumber(), w.epoch(), w.head(), w.parent(), w.flags());
  }

  static End end(long generation, long seq, long dataVersion, Hash digest) {
    return new End(new Head(generation, seq, dataVersion, digest), Head.EMPTY);
  }

  static Refused refused(int code) {
    RefusalCode name =
        Stream.of(RefusalCode.values()).filter(c -> c.number() == code).findFirst().orElseThrow();
    return new Refused(name, Head.EMPTY, Head.EMPTY);
  }

  static StoredRecord at(Position position, StoredRecord record) {
    return new StoredRecord(position, record.receivedAt(), record.part());
  }

  static StoredRecord moved(StoredRecord record, long seq, long dataVersion) {
    Position p = record.position();
    return at(new Position(p.generation(), seq, dataVersion, p.prev()), record);
  }

  /** The most that a segment message carries, under a length that says so. */
  static byte[] oversized() {
    byte[] segment = new byte[32_800];
    segment[2] = (byte) ((segment.length - 4) >> 8);
    segment[3] = (byte) (segment.length - 4);
    return segment;
  }

  static byte[] flipped(byte[] bytes, int offset) {
    byte[] changed = bytes.clone();
    changed[offset] ^= (byte) (offset == 0 || offset == 67 ? 0x80 : 1);
    return changed;
  }

  static Hash hash(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Hash.of(bytes);
  }

  /** So many bytes more or less, of the size of a message at most. */
  static byte[] resized(byte[] bytes, int more) {
    return Arrays.copyOf(bytes, Math.min(Message.MAX_SIZE, bytes.length + more));
  }

  /** The same bytes with some of them overwritten. */
  static byte[] at(byte[] bytes, int offset, int value, int count) {
    Arrays.fill(bytes, offset, offset + count, (byte) value);
    return bytes;
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** What goes out as it is. */
  static ByteBuf garbage() {
    return Unpooled.wrappedBuffer(new byte[100]);
  }

  /** Of the right shape. */
  static MessageSignature signature() {
    byte[] bytes = new byte[MessageSignature.BYTES];
    Arrays.fill(bytes, (byte) 1);
    bytes[0] = 31;
    return MessageSignature.of(bytes);
  }

  static PublicKey theirs() {
    return PrivateKey.generate(new SecureRandom()).publicKey();
  }
}
