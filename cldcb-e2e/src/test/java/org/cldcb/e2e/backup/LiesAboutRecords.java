package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.e2e.backup.Falsehood.ALTERED;
import static org.cldcb.e2e.backup.Falsehood.NO_DELEGATE;
import static org.cldcb.e2e.backup.Falsehood.at;
import static org.cldcb.e2e.backup.Falsehood.end;
import static org.cldcb.e2e.backup.Falsehood.flipped;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.moved;
import static org.cldcb.e2e.backup.Falsehood.oversized;
import static org.cldcb.e2e.backup.Falsehood.past;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;
import static org.cldcb.e2e.rig.Lie.instead;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cldcb.chain.Head;
import org.cldcb.e2e.backup.HostileSite.Truth;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.wire.End;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.Message;
import org.cldcb.wire.Segment;
import org.cldcb.wire.StoredRecord;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.params.provider.Arguments;

/** Heads, records and their segments, as no honest server says them. */
final class LiesAboutRecords {
  private final HostileSite site;

  LiesAboutRecords(HostileSite site) {
    this.site = site;
  }

  Stream<Arguments> headsAndRecords() {
    Head head = site.now.end().head();
    return Stream.of(
        lie(
            "no backup at all",
            "has no backup of node",
            altered(Welcome.class, w -> withHead(w, Head.EMPTY))),
        lie(
            "a newer head than the records",
            "the server's head is record " + (head.seq() + 1),
            altered(
                End.class,
                e -> end(head.generation(), head.seq() + 1, head.dataVersion() + 1, hash(1)))),
        lie(
            "a head with another digest",
            "the server's head is not on the chain",
            altered(
                End.class, e -> end(head.generation(), head.seq(), head.dataVersion(), hash(1)))),
        lie(
            "a head of another version",
            "the server's head is not on the chain",
            altered(
                End.class,
                e -> end(head.generation(), head.seq(), head.dataVersion() - 1, head.digest()))),
        lie(
            "an older head after newer records",
            "the server's head is not on the chain",
            altered(End.class, e -> site.former.end())),
        lie(
            "another node's head",
            "the server's head is",
            altered(End.class, e -> site.stranger.end())),
        lie(
            "a head of a generation before its records'",
            "the server's head of 0",
            altered(End.class, e -> end(0, head.seq(), head.dataVersion(), head.digest()))),
        lie(
            "a head at the end of numbers",
            "the server's head is record",
            altered(End.class, e -> end(1, Long.MAX_VALUE >> 1, Long.MAX_VALUE >> 1, hash(1)))),
        lie(
            "an end at once, for ever",
            "but it gives none after",
            answer(GetRecords.class, g -> Stream.of(site.now.end()))),
        lie(
            "the empty head as the end",
            "the server's head is not on the chain",
            altered(End.class, e -> new End(Head.EMPTY, Head.EMPTY))),
        lie(
            "a record left out",
            "belongs",
            instead(StoredRecord.class, r -> r == null || isThird(r) ? Stream.of() : Stream.of(r))),
        lie(
            "two records that change places",
            "belongs",
            instead(
                StoredRecord.class,
                r ->
                    isThird(r) ? Stream.of() : isFourth(r) ? Stream.of(r, third()) : Stream.of(r))),
        lie(
            "a record twice",
            "came again",
            instead(StoredRecord.class, r -> isThird(r) ? Stream.of(r, r) : Stream.of(r))),
        lie(
            "a record for ever",
            "came again",
            instead(StoredRecord.class, r -> Stream.generate(() -> r))),
        lie(
            "a record's bytes in another's place",
            ALTERED,
            altered(
                StoredRecord.class,
                r ->
                    isFourth(r)
                        ? new StoredRecord(r.position(), r.receivedAt(), third().part())
                        : r)),
        lie(
            "another node's record",
            NO_DELEGATE,
            altered(
                StoredRecord.class,
                r -> isThird(r) ? at(r.position(), site.stranger.records().get(0)) : r)),
        lie(
            "another node's records all along",
            "belongs",
            answer(
                GetRecords.class,
                g -> site.stranger.records().stream().map(r -> at(third().position(), r)))),
        lie(
            "a record of a replaced branch, and on",
            "doesn't follow the record before it",
            past(new Truth(spliced(), site.replaced.dump()))),
        lie(
            "one bit of a record",
            ALTERED,
            altered(
                StoredRecord.class,
                r ->
                    isThird(r)
                        ? new StoredRecord(
                            r.position(), r.receivedAt(), flipped(r.part(), r.part().length - 1))
                        : r)),
        lie(
            "another version for a record",
            "has data_version",
            altered(
                StoredRecord.class,
                r ->
                    isThird(r) ? moved(r, r.position().seq(), r.position().dataVersion() + 1) : r)),
        lie(
            "the version before for a record",
            ALTERED,
            altered(
                StoredRecord.class,
                r ->
                    isThird(r) ? moved(r, r.position().seq(), r.position().dataVersion() - 1) : r)),
        lie(
            "a record of no bytes",
            "record 27: ends 1 bytes early",
            altered(
                StoredRecord.class,
                r -> isThird(r) ? new StoredRecord(r.position(), r.receivedAt(), new byte[0]) : r)),
        lie(
            "the largest record there can be",
            "format version 0",
            altered(
                StoredRecord.class,
                r ->
                    isThird(r)
                        ? new StoredRecord(r.position(), r.receivedAt(), new byte[65_469])
                        : r)));
  }

  Stream<Arguments> segments() {
    return Stream.of(
        lie(
            "the last segment missing",
            "ends before its last segment",
            instead(Segment.class, s -> isLast(s) ? Stream.of() : Stream.of(s))),
        lie(
            "no further segment at all",
            "ends before its last segment",
            instead(Segment.class, s -> Stream.of())),
        lie("segments that change places", ALTERED, new Swap()),
        lie("a segment for ever", ALTERED, instead(Segment.class, s -> Stream.generate(() -> s))),
        lie(
            "a segment said to be the last",
            ALTERED,
            altered(Segment.class, s -> new Segment(flipped(s.bytes(), 0)))),
        lie(
            "a segment of another length",
            "segment of 32769 plaintext bytes",
            altered(Segment.class, s -> new Segment(flipped(s.bytes(), 3)))),
        lie(
            "a segment as long as it says but too long",
            ALTERED,
            altered(Segment.class, s -> new Segment(oversized()))),
        lie(
            "a segment after the last",
            "the records break off",
            instead(End.class, e -> Stream.of(new Segment(oversized()), e))));
  }

  private StoredRecord third() {
    return site.now.records().get(2);
  }

  private boolean isThird(StoredRecord record) {
    return record.position().seq() == third().position().seq();
  }

  private boolean isFourth(StoredRecord record) {
    return record.position().seq() == third().position().seq() + 1;
  }

  /** The record that never committed, with what followed the one that took its place. */
  private List<Message> spliced() {
    StoredRecord never = site.branch.records().get(site.branch.records().size() - 1);
    List<Message> spliced = new ArrayList<>(site.replaced.messages());
    spliced.replaceAll(
        m ->
            m instanceof StoredRecord r && r.position().seq() == never.position().seq()
                ? never
                : m);
    assertThat(spliced).contains(never);
    return spliced;
  }

  private static boolean isLast(Segment segment) {
    return segment.bytes()[0] < 0;
  }

  /** The first segment comes after the second. */
  private static final class Swap implements Lie {
    private final List<Message> held = new ArrayList<>();

    @Override
    public Optional<Stream<?>> said(Message message) {
      if (message instanceof Segment && held.isEmpty()) {
        held.add(message);
        return Optional.of(Stream.of());
      }
      if (message instanceof Segment && held.size() == 1) {
        held.add(message);
        return Optional.of(Stream.of(message, held.get(0)));
      }
      return Optional.empty();
    }
  }
}
