package org.cldcb.client.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cln.Liveness;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.Status;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a node and its backup found.
 *
 * @param local null without a wrapper
 * @param remote null if the server said nothing
 * @param localVersion data_version of the node's database, null if it can't be known
 * @param problems each a reason why the node isn't protected; none if it is
 */
record StatusReport(
    Path wrapper,
    Liveness lightningd,
    @Nullable Local local,
    @Nullable Remote remote,
    @Nullable Long localVersion,
    List<String> problems) {

  /** What the wrapper says. */
  record Local(PublicKey nodeId, String network, Contact server) {}

  /** What the server says. */
  record Remote(Welcome welcome, Status status, long roundTripMillis) {
    boolean isQuotaNearlyUsed() {
      long quota = status.quotaBytes();
      return quota > 0 && status.usedBytes() > quota - quota / 5;
    }

    long ageSeconds() {
      return Math.max(0, welcome.serverTime() - status.lastWriteTime());
    }
  }

  boolean isProtected() {
    return problems.isEmpty();
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (local != null) {
      lines.add("node      " + local.nodeId() + " on " + local.network());
      lines.add("wrapper   " + wrapper);
      lines.add("server    " + local.server());
    }
    lines.add("lightning " + StatusMessages.liveness(lightningd));
    if (localVersion != null) {
      lines.add("database  data_version " + localVersion);
    }
    if (remote != null) {
      lines.addAll(backup(remote));
    }
    problems.forEach(problem -> lines.add(StatusMessages.notProtected(problem)));
    if (isProtected()) {
      lines.add(StatusMessages.protectedNow());
    }
    return lines;
  }

  private static List<String> backup(Remote remote) {
    Status status = remote.status();
    String age =
        status.lastWriteTime() == 0
            ? "nothing written yet"
            : "last write " + Messages.span(remote.ageSeconds()) + " ago";
    return List.of(
        "backup    data_version " + remote.welcome().head().dataVersion() + ", " + age,
        String.format(
            Locale.ROOT,
            "          stored: base of %s, %d records of %s, %d generations, %d branches",
            Messages.bytes(status.baseBytes()),
            status.records(),
            Messages.bytes(status.recordBytes()),
            status.generations(),
            status.branches()),
        "          "
            + Messages.bytes(status.usedBytes())
            + " used"
            + (status.quotaBytes() == 0 ? "" : " of " + Messages.bytes(status.quotaBytes()))
            + (remote.isQuotaNearlyUsed() ? StatusMessages.quotaNearlyUsed() : ""),
        "          round trip " + remote.roundTripMillis() + " ms");
  }

  /** For programs, in one line. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("protected", isProtected());
    problems.forEach(json.putArray("problems")::add);
    json.put("lightningd", lightningd.name().toLowerCase(Locale.ROOT));
    json.put("wrapper", wrapper.toString());
    if (local != null) {
      json.put("node_id", local.nodeId().hex())
          .put("network", local.network())
          .put("server", local.server().toString());
    }
    if (localVersion != null) {
      json.put("data_version", localVersion);
    }
    if (remote != null) {
      json.set("backup", backupJson(remote));
    }
    return json.toString();
  }

  private static ObjectNode backupJson(Remote remote) {
    Welcome welcome = remote.welcome();
    Status status = remote.status();
    return new ObjectMapper()
        .createObjectNode()
        .put("standing", welcome.standing().name().toLowerCase(Locale.ROOT))
        .put("claim", welcome.claimNumber())
        .put("usable_base", welcome.flags().usableBase())
        .put("nearly_full", welcome.flags().nearlyFull())
        .put("generation", welcome.head().generation())
        .put("seq", welcome.head().seq())
        .put("data_version", welcome.head().dataVersion())
        .put("last_write_unix", status.lastWriteTime())
        .put("last_write_age_seconds", remote.ageSeconds())
        .put("records", status.records())
        .put("record_bytes", status.recordBytes())
        .put("base_bytes", status.baseBytes())
        .put("generations", status.generations())
        .put("branches", status.branches())
        .put("used_bytes", status.usedBytes())
        .put("quota_bytes", status.quotaBytes())
        .put("round_trip_millis", remote.roundTripMillis());
  }
}
