package org.cldcb.client.recover;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.link.RefusedException;
import org.cldcb.wire.Base;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Claims;
import org.cldcb.wire.End;
import org.cldcb.wire.Flags;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Status;
import org.cldcb.wire.StoredRecord;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory that gives out what it was told to, which a test may have tampered with. It
 * sends three records at most for one request.
 */
final class ScriptedServer implements Backup.Server {
  private static final int RECORDS_AT_ONCE = 3;
  private static final long NOW = 1_700_000_000;

  /** An envelope as it is stored: its place and the parts in which it travels. */
  record Stored(Position position, List<byte[]> parts) {
    Stored withPosition(UnaryOperator<Position> change) {
      return new Stored(change.apply(position), parts);
    }

    /** A manifest's. */
    Hash digest() {
      ChainDigest digest = ChainDigest.ofManifest(position);
      parts.forEach(digest::update);
      return digest.finish();
    }

    /** One bit of one part the other way round. */
    Stored flipped(int part, int offset) {
      List<byte[]> changed = new ArrayList<>(parts);
      byte[] bytes = changed.get(part).clone();
      bytes[offset] ^= 1;
      changed.set(part, bytes);
      return new Stored(position, changed);
    }
  }

  final List<StoredClaim> claims = new ArrayList<>();
  final List<Stored> records = new ArrayList<>();
  final Map<Hash, List<byte[]>> chunks = new HashMap<>();
  final List<Hash> chunksSent = new ArrayList<>();
  final Map<Hash, Stored> manifests = new HashMap<>();
  Stored manifest = new Stored(new Position(0, 0, 0, Hash.ZERO), List.of());
  Head head = Head.EMPTY;

  /** Age of the last write, by this server's clock. */
  long ageSeconds = 90_000;

  /** What is to be sent in place of a message. */
  Function<Message, List<Message>> tamper = List::of;

  /** Something that happens each time before a session opens or a claim is looked at. */
  Runnable meanwhile = () -> {};

  /** Messages after which each connection breaks. */
  int messagesPerSession = Integer.MAX_VALUE;

  int sessions;

  /** The seqs of the records that reached the client, in that order. */
  final List<Long> recordsTaken = new ArrayList<>();

  @Override
  public Backup open() {
    meanwhile.run();
    sessions++;
    return new Scripted();
  }

  private List<Message> answer(Message request) {
    if (request instanceof GetClaims from) {
      return List.of(
          new Claims(claims.stream().filter(c -> c.claim().number() >= from.from()).toList()));
    }
    if (request instanceof GetBase base) {
      return base(base.digest().isZero() ? manifest : manifests.get(base.digest()));
    }
    if (request instanceof GetChunks wanted) {
      List<Message> answer = new ArrayList<>();
      wanted.ids().forEach(id -> answer.addAll(chunk(id)));
      return answer;
    }
    if (request instanceof GetRecords after) {
      return records(after.afterSeq());
    }
    throw new AssertionError("not in the script: " + request);
  }

  private List<Message> base(@Nullable Stored base) {
    return base == null
        ? List.of(new Refused(RefusalCode.NOT_FOUND, head, Head.EMPTY))
        : parts(base.parts(), first -> new Base(base.position(), NOW, first));
  }

  private List<Message> chunk(Hash id) {
    if (!chunks.containsKey(id)) {
      return List.of(new Refused(RefusalCode.NOT_FOUND, head, Head.EMPTY));
    }
    chunksSent.add(id);
    return parts(chunks.get(id), first -> new Chunk(id, first));
  }

  private List<Message> records(long after) {
    List<Message> answer = new ArrayList<>();
    records.stream()
        .filter(record -> record.position().seq() > after)
        .limit(RECORDS_AT_ONCE)
        .forEach(
            record ->
                answer.addAll(
                    parts(
                        record.parts(), first -> new StoredRecord(record.position(), NOW, first))));
    answer.add(new End(head, Head.EMPTY));
    return answer;
  }

  private static List<Message> parts(List<byte[]> parts, Function<byte[], Message> first) {
    List<Message> messages = new ArrayList<>();
    messages.add(first.apply(parts.get(0)));
    parts.stream().skip(1).map(Segment::new).forEach(messages::add);
    return messages;
  }

  private final class Scripted implements Backup {
    private final Deque<Message> outbox = new ArrayDeque<>();
    private int messagesLeft = messagesPerSession;
    private final Welcome welcome =
        new Welcome(
            NOW, Standing.NEW, claims.size(), 0, head, Head.EMPTY, new Flags(true, false, false));

    @Override
    public Welcome welcome() {
      return welcome;
    }

    @Override
    public Status status() {
      return new Status(records.size(), 1000, 1000, 1, 0, NOW - ageSeconds, 2000, 0);
    }

    @Override
    public void send(Message message) {
      answer(message).forEach(each -> outbox.addAll(tamper.apply(each)));
    }

    @Override
    public Message receive() throws IOException {
      if (messagesLeft == 0) {
        throw new ConnectionLostException("the server closed the connection", new EOFException());
      }
      messagesLeft--;
      Message message = outbox.remove();
      if (message instanceof StoredRecord record) {
        recordsTaken.add(record.position().seq());
      }
      if (message instanceof Refused refused) {
        throw new RefusedException(refused);
      }
      return message;
    }

    @Override
    public void hold() {}

    @Override
    public void claim(Claim claim, Head expected) throws IOException {
      meanwhile.run();
      if (!expected.equals(head)) {
        throw new RefusedException(new Refused(RefusalCode.HEAD_MOVED, head, Head.EMPTY));
      }
      claims.add(new StoredClaim(claim, head));
    }

    @Override
    public void close() {
      outbox.clear();
    }
  }
}
