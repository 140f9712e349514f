package org.cldcb.client.recover;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.ScriptedServer.Stored;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.wire.End;
import org.cldcb.wire.Pong;
import org.cldcb.wire.Segment;
import org.junit.jupiter.api.Test;

/** Records that a server tampered with, and records that no honest plugin seals. */
class HostileRecordsTest extends HostileServer {
  @Test
  void aRecordWithAFlippedBit() {
    Stored sound = server.records.get(4);
    for (int offset : new int[] {80, 100, sound.parts().get(0).length - 1}) {
      server.records.set(4, sound.flipped(0, offset));
      refused(Reason.ENVELOPE_ALTERED, "record 6");
    }
  }

  @Test
  void aRecordWhoseLengthOrVersionIsChanged() {
    Stored sound = server.records.get(4);
    for (int offset : new int[] {0, 67, 68, 70}) {
      server.records.set(4, sound.flipped(0, offset));
      refused(Reason.ENVELOPE_ALTERED, "record 6");
    }
  }

  @Test
  void aRecordWithAnotherEphemeralKey() {
    byte[] part = server.records.get(4).parts().get(0).clone();
    byte[] other = PrivateKey.generate(new SecureRandom()).publicKey().bytes();
    System.arraycopy(other, 0, part, 1, other.length);
    server.records.set(4, new Stored(server.records.get(4).position(), List.of(part)));

    refused(Reason.ENVELOPE_ALTERED, "record 6");
  }

  @Test
  void aRecordUnderAnotherVersion() {
    server.records.set(
        4,
        server
            .records
            .get(4)
            .withPosition(
                p -> new Position(p.generation(), p.seq(), p.dataVersion() - 1, p.prev())));

    refused(Reason.ENVELOPE_ALTERED, "record 6");
  }

  @Test
  void aRecordWithALeapInTheVersion() {
    node.append(server.head.next(server.head.dataVersion() + 2), false, Databases.version(17));

    refused(Reason.VERSION_MISMATCH, "record 10 has data_version 17 after 15");
  }

  @Test
  void aRecordLeftOut() {
    server.records.remove(4);

    refused(Reason.RECORD_MISSING, "record 7 came where record 6 belongs");
  }

  @Test
  void recordsThatChangePlaces() {
    Collections.swap(server.records, 4, 5);

    refused(Reason.RECORD_MISSING, "record 7 came where record 6 belongs");
  }

  @Test
  void envelopesThatChangePlaces() {
    Stored a = server.records.get(4);
    Stored b = server.records.get(5);
    server.records.set(4, new Stored(a.position(), b.parts()));
    server.records.set(5, new Stored(b.position(), a.parts()));

    refused(Reason.ENVELOPE_ALTERED, "record 6");
  }

  @Test
  void aRecordThatComesTwice() {
    server.records.add(4, server.records.get(4));

    refused(Reason.RECORD_REPEATED, "record 6 came again");
  }

  @Test
  void aRecordPassedOffAsTheNext() {
    Stored sixth = server.records.get(4);
    Position seventh = server.records.get(5).position();
    server.records.set(5, new Stored(seventh, sixth.parts()));

    refused(Reason.ENVELOPE_ALTERED, "record 7");
  }

  @Test
  void theLastRecordsWithheldThoughTheHeadIsShown() {
    server.records.remove(RECORDS - 1);

    refused(Reason.TRUNCATED, "the server's head is record 9, but it gives none after 8");
  }

  @Test
  void aHeadThatIsNotOnTheChain() {
    Head head = server.head;
    server.head =
        new Head(head.generation(), head.seq(), head.dataVersion(), Hash.of(TestNode.random(32)));

    refused(Reason.WRONG_BRANCH, "the server's head is not on the chain");
  }

  @Test
  void aHeadThatIsBehindWhatWasGivenOut() {
    Position sixth = server.records.get(4).position();
    Head fifth = new Head(1, sixth.seq() - 1, sixth.dataVersion() - 1, sixth.prev());
    server.tamper =
        message -> message instanceof End ? List.of(new End(fifth, Head.EMPTY)) : List.of(message);

    refused(Reason.WRONG_BRANCH, "the server's head is not on the chain");
  }

  @Test
  void aRecordThatBreaksOff() {
    longRecord();
    Stored sound = server.records.get(RECORDS);
    List<byte[]> parts = sound.parts().subList(0, sound.parts().size() - 1);
    server.records.set(RECORDS, new Stored(sound.position(), parts));

    refused(Reason.TRUNCATED, "record 10 ends before its last segment");
  }

  @Test
  void aRecordCutToWhatLooksLikeItsLastSegment() {
    longRecord();
    Stored sound = server.records.get(RECORDS);
    List<byte[]> parts = new ArrayList<>(sound.parts().subList(0, sound.parts().size() - 1));
    byte[] last = parts.get(parts.size() - 1).clone();
    last[0] |= (byte) 0x80;
    parts.set(parts.size() - 1, last);
    server.records.set(RECORDS, new Stored(sound.position(), parts));

    refused(Reason.ENVELOPE_ALTERED, "record 10");
  }

  @Test
  void segmentsFlippedSwappedOrRepeated() {
    longRecord();
    Stored sound = server.records.get(RECORDS);
    List<byte[]> swapped = new ArrayList<>(sound.parts());
    Collections.swap(swapped, 1, 2);
    List<byte[]> repeated = new ArrayList<>(sound.parts());
    repeated.add(2, sound.parts().get(1));
    List<byte[]> dropped = new ArrayList<>(sound.parts());
    dropped.remove(1);
    List<byte[]> flipped = sound.flipped(2, 1000).parts();

    for (List<byte[]> parts : List.of(swapped, repeated, dropped, flipped)) {
      server.records.set(RECORDS, new Stored(sound.position(), parts));
      refused(Reason.ENVELOPE_ALTERED, "record 10");
    }
  }

  @Test
  void recordsThatBreakOff() {
    server.tamper = message -> message instanceof End ? List.of(new Pong(0)) : List.of(message);

    refused(Reason.TRUNCATED, "the records break off after record 4");
  }

  @Test
  void aBranchPassedOffAsTheChain() {
    Head parent = server.head;
    node.write("INSERT INTO t VALUES('first')", Databases.version(16));
    Stored displaced = server.records.get(RECORDS);
    node.replace(parent, "INSERT INTO t VALUES('second')", Databases.version(16));
    node.write(Databases.version(17));
    server.records.set(RECORDS, displaced);

    refused(Reason.WRONG_BRANCH, "record 11 doesn't follow the record before it");
  }

  @Test
  void aRecordOfAGenerationThatIsNot() {
    Head head = server.head;
    appendOfGeneration(0, head);
    refused(Reason.BAD_GENERATION, "record 10 is of generation 0");

    server.records.subList(RECORDS, server.records.size()).clear();
    appendOfGeneration(2, head);
    Head end = server.head;
    server.head = new Head(head.generation(), end.seq(), end.dataVersion(), end.digest());
    refused(Reason.BAD_GENERATION, "the last record is of generation 2");
  }

  private void appendOfGeneration(long generation, Head head) {
    node.append(
        new Position(generation, head.seq() + 1, head.dataVersion() + 1, head.digest()),
        false,
        Databases.version(16));
  }

  @Test
  void aRecordThatIsNotSql() {
    node.write("INSERT INTO nowhere VALUES(1)");

    refused(Reason.RECORD_INVALID, "record 10 can't be replayed");
  }

  @Test
  void theFirstOfTwoFaultsHoweverLongItTakesToReplay() {
    node.write(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
            + " INSERT INTO t SELECT sum(i) FROM n",
        "INSERT INTO nowhere VALUES(1)");
    node.write(Databases.version(17));
    node.write(Databases.version(18));
    server.records.set(RECORDS + 2, server.records.get(RECORDS + 2).flipped(0, 100));

    refused(Reason.RECORD_INVALID, "record 10 can't be replayed");
  }

  @Test
  void aRecordThatReachesForOtherFiles() {
    Path prey = folder.resolve("prey");
    Head head = server.head;
    for (String statement :
        List.of(
            "ATTACH '" + prey + "' AS prey", "backup to " + prey, "VACUUM INTO '" + prey + "'")) {
      server.records.subList(RECORDS, server.records.size()).clear();
      server.head = head;
      node.pragma(statement);
      refused(Reason.RECORD_INVALID, "record 10 can't be replayed");
    }
  }

  @Test
  void aRecordThatDoesNotRaiseTheVersionThatItStates() {
    node.write("INSERT INTO t VALUES('x')");

    refused(Reason.VERSION_MISMATCH, "data_version 15, the chain says 16");
  }

  @Test
  void aSegmentWithoutARecord() {
    server.tamper =
        message ->
            message instanceof End
                ? List.of(new Segment(TestNode.random(100)), message)
                : List.of(message);

    refused(Reason.TRUNCATED, "the records break off");
  }

  private void longRecord() {
    String hex = HexFormat.of().formatHex(TestNode.random(200_000));
    node.write("INSERT INTO t VALUES(x'" + hex + "')", Databases.version(16));
  }
}
