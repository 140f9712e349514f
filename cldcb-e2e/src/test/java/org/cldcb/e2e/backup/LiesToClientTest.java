package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.e2e.backup.Falsehood.at;
import static org.cldcb.e2e.backup.Falsehood.bytes;
import static org.cldcb.e2e.backup.Falsehood.garbage;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.past;
import static org.cldcb.e2e.backup.Falsehood.refused;
import static org.cldcb.e2e.backup.Falsehood.resized;
import static org.cldcb.e2e.backup.Falsehood.signature;
import static org.cldcb.e2e.backup.Falsehood.theirs;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.backup.Falsehood.withTime;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;
import static org.cldcb.e2e.rig.Lie.instead;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.wire.Base;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.Claims;
import org.cldcb.wire.End;
import org.cldcb.wire.Hold;
import org.cldcb.wire.Message;
import org.cldcb.wire.Pong;
import org.cldcb.wire.Status;
import org.cldcb.wire.StoredRecord;
import org.cldcb.wire.Superseded;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that lies to {@code recover}: what comes out is a true earlier state, whose age is told,
 * or one line and no file. {@code status} says what it was told, and takes no harm.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LiesToClientTest {
  private HostileSite site;

  @BeforeAll
  void makeBackup(@TempDir Path folder) {
    site = new HostileSite(folder);
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void theWholePastServedAsThePresent() {
    site.recover(past(site.former)).recovered(site.former.dump());
  }

  @Test
  void theBaseThatTheCurrentOneStandsOn() {
    // An older base and the records above it give the same.
    site.recover(
            instead(
                Base.class,
                b ->
                    b.position().equals(site.now.base().position())
                        ? Stream.of(site.now.parent())
                        : Stream.of(b)))
        .recovered(site.now.dump());
  }

  @Test
  void aTailCutOff() {
    List<StoredRecord> records = site.now.records();
    Position last = records.get(records.size() - 1).position();
    Head before = new Head(last.generation(), last.seq() - 1, last.dataVersion() - 1, last.prev());
    HostileSite.Outcome outcome =
        site.recover(
            altered(Welcome.class, w -> withHead(w, before)),
            altered(End.class, e -> new End(before, Head.EMPTY)),
            instead(
                StoredRecord.class,
                r -> r.position().seq() == last.seq() ? Stream.of() : Stream.of(r)));
    outcome.finished().orFail();
    assertThat(outcome.finished().out())
        .contains("data_version " + before.dataVersion() + ":")
        .containsPattern("last write: .* ago");
  }

  @Test
  void aReplacedRecordAtTheVeryEnd() {
    site.recover(past(site.branch)).recovered(site.branch.dump());
  }

  @Test
  void aHeadThatOnlyTheWelcomeKnows() {
    Head invented = new Head(9, 99_999, 99_999, hash(1));
    site.recover(altered(Welcome.class, w -> withHead(w, invented))).recovered(site.now.dump());
  }

  Stream<Arguments> lies() {
    LiesAboutRecords records = new LiesAboutRecords(site);
    LiesAboutBases bases = new LiesAboutBases(site);
    return Stream.of(
            records.headsAndRecords(),
            records.segments(),
            bases.bases(),
            bases.layers(),
            bases.claims())
        .flatMap(each -> each);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void isRefused(String what, String message, Lie[] lies) {
    site.recover(lies).refused(message);
    assertThat(site.liar().sent()).as("messages that it listened to").isLessThan(2_000);
  }

  static Stream<Arguments> brokenMessages() {
    return Stream.of(
            Status.class, Claims.class, Base.class, Chunk.class, StoredRecord.class, End.class)
        .flatMap(LiesToClientTest::broken);
  }

  private static Stream<Arguments> broken(Class<? extends Message> type) {
    String name = type.getSimpleName();
    return Stream.of(
        lie(name + " a byte short", "", altered(type, m -> resized(m.encode(), -1))),
        lie(name + " a byte long", "", altered(type, m -> resized(m.encode(), 1))),
        lie(name + " of the largest size", "", altered(type, m -> resized(m.encode(), 65_535))),
        lie(name + " of no bytes", "ends 1 bytes early", altered(type, m -> new byte[0])),
        lie(name + " of no type", "unknown message type", altered(type, m -> new byte[] {0, 0})),
        lie(name + " of another type", "", altered(type, m -> new Pong(0))),
        lie(name + " unencrypted", "tampered with", altered(type, m -> garbage())),
        lie(
            name + " after endless talk",
            "",
            instead(type, m -> Stream.generate(() -> new Pong(0)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenMessages")
  void aBrokenMessageIsRefused(String what, String message, Lie[] lies) {
    isRefused(what, message, lies);
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        lie(
            "claims beyond the limit",
            "at most 200 claims",
            altered(Claims.class, c -> bytes("0029ffff"))),
        lie("more claims than there are", "early", altered(Claims.class, c -> bytes("002900c8"))),
        lie(
            "a segment of 2 GiB",
            "record",
            altered(StoredRecord.class, r -> at(r.encode(), 66 + 67, 0xff, 4))),
        lie(
            "a manifest of 2 GiB",
            "manifest",
            altered(Base.class, b -> at(b.encode(), 66 + 67, 0xff, 4))),
        lie(
            "a chunk of 2 GiB",
            "chunk",
            altered(Chunk.class, c -> at(c.encode(), 34 + 67, 0xff, 4))),
        lie(
            "an error of 64 KiB",
            "error text of 65535 bytes",
            altered(Base.class, b -> bytes("00030009ffff"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lengths")
  void aLengthIsBelievedOnlyWhereItFits(String what, String message, Lie[] lies) {
    isRefused(what, message, lies);
  }

  Stream<Arguments> statusLies() {
    Head head = site.now.end().head();
    long most = (1L << 62) - 1;
    return Stream.of(
        lie(
            "an older head",
            "writes are missing in the backup",
            altered(Welcome.class, w -> withHead(w, site.former.end().head()))),
        lie(
            "a newer head",
            "this database is older than the backup",
            altered(
                Welcome.class,
                w -> withHead(w, new Head(9, head.seq() + 9, head.dataVersion() + 9, hash(1))))),
        lie(
            "numbers without a next",
            "this database is older than the backup",
            altered(
                Welcome.class,
                w ->
                    new Welcome(
                        most,
                        w.standing(),
                        most,
                        most,
                        new Head(most, most, most, hash(1)),
                        Head.EMPTY,
                        w.flags())),
            altered(Status.class, s -> new Status(most, most, most, most, most, 0, most, most))),
        lie(
            "a future",
            "protected",
            altered(Welcome.class, w -> withTime(w, 0)),
            altered(Status.class, s -> new Status(0, 0, 0, 0, 0, most, 0, 0))),
        lie(
            "another message first",
            "a message that is out of place",
            altered(Welcome.class, w -> new Pong(0))),
        lie(
            "a welcome a byte short",
            "ends 1 bytes early",
            altered(Welcome.class, w -> resized(w.encode(), -1))),
        lie(
            "a welcome of the largest size",
            "bytes left over",
            altered(Welcome.class, w -> resized(w.encode(), 65_535))),
        lie(
            "a welcome with a number too large",
            "integer of 2^62 or more",
            altered(Welcome.class, w -> at(w.encode(), 2, 0x40, 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statusLies")
  void statusTakesNoHarm(String what, String says, Lie[] lies) {
    Finished status = site.status(lies);
    assertThat(status.all()).contains(says).doesNotContain("\tat ").doesNotContain("Exception");
  }

  static Stream<Arguments> claimLies() {
    long most = (1L << 62) - 1;
    return Stream.of(
        lie(
            "another number",
            "acknowledged another claim",
            answer(ClaimRequest.class, c -> Stream.of(new Claimed(c.number() + 1)))),
        lie("not found", "", answer(ClaimRequest.class, c -> Stream.of(refused(26)))),
        lie("no hold", "out of place", answer(Hold.class, h -> Stream.of(new Pong(0)))),
        lie(
            "a head that moves while it is held",
            "keeps writing",
            answer(ClaimRequest.class, c -> Stream.of(refused(20)))),
        lie(
            "a last write in the future, a clock at the end of time",
            "",
            altered(Welcome.class, w -> withTime(w, most)),
            answer(ClaimRequest.class, c -> Stream.of(refused(23)))),
        lie(
            "superseded",
            "another installation has claimed",
            answer(
                ClaimRequest.class,
                c -> Stream.of(new Superseded(new Claim(9, theirs(), signature(), signature()))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claimLies")
  void aClaimThatIsNotAnsweredTrulyLeavesNothing(String what, String says, Lie[] lies) {
    site.takeOver(lies).refused(says);
  }
}
