package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** A message of docs/PROTOCOL.md: u16 type, then the fields of the type, to the last byte. */
public sealed interface Message
    permits Append,
        Appended,
        Base,
        Based,
        BeginBase,
        Chunk,
        ClaimRequest,
        Claimed,
        Claims,
        End,
        ErrorMessage,
        GetBase,
        GetChunks,
        GetClaims,
        GetRecords,
        GetStatus,
        Held,
        Hello,
        Hold,
        Offer,
        Offered,
        Ping,
        Pong,
        PutManifest,
        Refused,
        Segment,
        Status,
        Stored,
        StoredRecord,
        Superseded,
        Welcome {

  /** Bytes of a message at most, as in BOLT 8. */
  int MAX_SIZE = 65_535;

  int type();

  /** Writes the fields, without the type. */
  void write(ByteWriter out);

  /** The whole message. */
  default byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.u16(type());
    write(out);
    return out.toBytes();
  }

  /**
   * Reads a whole message.
   *
   * @throws FormatException where the bytes are not exactly one known message
   */
  static Message decode(byte[] bytes) throws FormatException {
    ByteReader in = new ByteReader(bytes);
    Message message = read(in.u16(), in);
    in.end();
    return message;
  }

  private static Message read(int type, ByteReader in) throws FormatException {
    return switch (type) {
      case Hello.TYPE -> Hello.read(in);
      case Welcome.TYPE -> Welcome.read(in);
      case ErrorMessage.TYPE -> ErrorMessage.read(in);
      case Superseded.TYPE -> Superseded.read(in);
      case Ping.TYPE -> Ping.read(in);
      case Pong.TYPE -> Pong.read(in);
      case Refused.TYPE -> Refused.read(in);
      case Segment.TYPE -> Segment.read(in);
      case ClaimRequest.TYPE -> ClaimRequest.read(in);
      case Claimed.TYPE -> Claimed.read(in);
      case Hold.TYPE -> Hold.read(in);
      case Held.TYPE -> Held.read(in);
      case Append.TYPE -> Append.read(in);
      case Appended.TYPE -> Appended.read(in);
      case BeginBase.TYPE -> BeginBase.read(in);
      case Offer.TYPE -> Offer.read(in);
      case Offered.TYPE -> Offered.read(in);
      case Chunk.TYPE -> Chunk.read(in);
      case Stored.TYPE -> Stored.read(in);
      case PutManifest.TYPE -> PutManifest.read(in);
      case Based.TYPE -> Based.read(in);
      case GetClaims.TYPE -> GetClaims.read(in);
      case Claims.TYPE -> Claims.read(in);
      case GetBase.TYPE -> GetBase.read(in);
      case Base.TYPE -> Base.read(in);
      case GetChunks.TYPE -> GetChunks.read(in);
      case GetRecords.TYPE -> GetRecords.read(in);
      case StoredRecord.TYPE -> StoredRecord.read(in);
      case End.TYPE -> End.read(in);
      case GetStatus.TYPE -> GetStatus.read(in);
      case Status.TYPE -> Status.read(in);
      default -> throw new FormatException("unknown message type " + type);
    };
  }
}
