package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.cldcb.chain.ChainException;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Identity;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.link.RefusedException;

/** Every sentence that recover says: lower case, no final period. */
final class RecoverMessages {
  static final String FETCHING_BASE = "fetching the base";
  static final String REPLAYING = "replaying records";
  static final String ASK_NODE = "is this your node?";
  static final String AGAIN = "the backup was changed while it was read: reading it again";

  /** One that was typed in with a slip is taken at the next run, too. */
  private static final String WRONG_SECRET =
      "compare the node id with your sheet: if it isn't your node's, move that hsm_secret away";

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RecoverMessages() {}

  // --- what is in the way

  static Failure noHsmSecret(LightningDir dir) {
    return Failure.failed(
        missing(dir),
        "put your copy of it into "
            + dir.networkFolder()
            + " (mode 0400), or say where it is"
            + " with --lightning-dir and --network",
        "or run this on a terminal, without --yes, to type it in from paper");
  }

  static String missing(LightningDir dir) {
    return "no hsm_secret: neither in " + dir.networkFolder() + " nor in the folder above";
  }

  static String askWrite(Path file) {
    return "is this your node? then the secret is written to " + file;
  }

  static String secretWritten(Path file) {
    return "wrote " + file;
  }

  static Failure running(Path lightningDir) {
    return Failure.failed(
        "lightningd runs on " + lightningDir,
        "a running node needs no recovery; to see its backup: recover --to FILE");
  }

  static Failure exists(Path file) {
    return Failure.failed(
        "there is a database already: " + file,
        "recovery overwrites nothing: if you know that it is worthless, move it away",
        "to look at the backup beside it: recover --to FILE");
  }

  static Failure sidecar(Path file) {
    return Failure.failed(
        "a leftover of another database lies there: " + file,
        "SQLite would mix it into the recovered one: move it away");
  }

  static Failure noFile(Path file) {
    return Failure.usage("not a file: " + file);
  }

  static Failure noFolder(Path folder) {
    return Failure.failed("no such folder: " + folder);
  }

  // --- the backup

  static Failure noBackup(PublicKey nodeId) {
    return Failure.failed(
        "the server has no backup of node " + nodeId,
        "is it the right server, the right hsm_secret and the right --network?",
        WRONG_SECRET);
  }

  static Failure unknownNode(PublicKey nodeId) {
    return Failure.failed(
        "the server doesn't know node " + nodeId,
        "is it the right server and the right hsm_secret?",
        WRONG_SECRET);
  }

  static Failure refused(RefusedException e) {
    return Failure.failed(
        "nothing was recovered: " + e.getMessage(),
        "ask the server's operator, who may have an earlier state of the backup");
  }

  static Failure rejected(ChainException e) {
    return Failure.failed(
        "the backup that the server gave out is refused: " + e.getMessage(),
        "nothing was written; ask the server's operator, who may have an earlier state of it");
  }

  static String goingOn(ConnectionLostException e) {
    return e.getMessage() + ": going on in a moment";
  }

  /** So many records, at the end of a line. */
  static String records(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static Failure keepsMoving() {
    return Failure.failed("no claim: the old node keeps writing", "stop it, then run this again");
  }

  static Failure damaged(List<String> findings) {
    return Failure.failed(
        "the recovered database is damaged, as the original was not: " + oneLine(findings.get(0)),
        "to look at it, or to use it all the same: recover --to FILE");
  }

  static Failure notInstalled(IOException e) {
    return Failure.failed(
        "the backup was claimed, but the node couldn't be put in place: " + Messages.reason(e),
        "run this again once that is mended: it claims anew");
  }

  // --- the old node

  static String askTakeOver(Duration age) {
    return "the last write is "
        + age(age)
        + " old: the old node may be alive. From here on it can't write any more and halts. Take"
        + " over? [y/N]";
  }

  static Failure takeOverNeeded(Duration age) {
    return Failure.usage(
        "the last write is " + age(age) + " old: the old node may be alive",
        "two live copies of a node lose money: make sure that the old one is stopped for good,"
            + " then add --take-over",
        "recover --to FILE only writes the database, and disturbs nobody");
  }

  static Failure notTakenOver() {
    return Failure.failed("stopped: nothing was changed");
  }

  // --- findings

  static String known(String finding) {
    return "damage that the original had when it was backed up: " + oneLine(finding);
  }

  static String fresh(String finding) {
    return "damage that the original didn't have: " + oneLine(finding);
  }

  static String index(String finding) {
    return "an index is damaged, REINDEX mends it: " + oneLine(finding);
  }

  static String foreignKey(String finding) {
    return "loose ends: " + oneLine(finding);
  }

  // --- the result

  static List<String> recovered(Identity identity, Recovered recovered, Duration age, Path file) {
    return List.of(
        "recovered node " + identity.nodeId() + " on " + identity.network(),
        "database: " + file,
        "data_version "
            + recovered.dataVersion()
            + ": a base of "
            + Messages.bytes(recovered.baseBytes())
            + " and "
            + recovered.records()
            + " records of "
            + Messages.bytes(recovered.recordBytes())
            + " after it",
        "last write: "
            + UTC.format(recovered.lastWrite())
            + ", "
            + age(age)
            + " ago, by the clock of the node that wrote it");
  }

  static List<String> next(Path lightningDir, long claim) {
    return List.of(
        "claim " + claim + ": the old node can't write any more and must never run again",
        "next: start lightningd with --lightning-dir=" + lightningDir);
  }

  static String secretCopied(Path from, Path folder) {
    return "copied " + from + " to " + folder + ", where lightningd looks for it";
  }

  private static String age(Duration age) {
    return Messages.span(Math.max(0, age.toSeconds()));
  }

  private static String oneLine(String finding) {
    return finding.replace('\n', ' ');
  }
}
