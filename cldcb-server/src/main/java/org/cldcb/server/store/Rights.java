package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.chain.Claim;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Message;
import org.cldcb.wire.Superseded;

/** Whether a session may still write, asked in the very transaction that writes. */
final class Rights {
  private Rights() {}

  /** The message that ends the session, if it may not. */
  static Optional<Message> refusal(Sql sql, BackupRow row, Writer writer) {
    if (!Nodes.isAllowed(sql, writer.backup().nodeId())) {
      return Optional.of(notAllowed());
    }
    if (!ClaimTable.isClaimant(sql, row.id(), writer.delegate())) {
      return Optional.of(notClaimant(sql, row, writer));
    }
    if (writer.epoch() != 0 && writer.epoch() != row.epoch()) {
      return Optional.of(newerWriter());
    }
    return Optional.empty();
  }

  private static Message notClaimant(Sql sql, BackupRow row, Writer writer) {
    Optional<Claim> last = ClaimTable.last(sql, row.id());
    if (last.isEmpty()) {
      return new ErrorMessage(ErrorCode.UNCLAIMED, "unclaimed: run cldcb-client install");
    }
    return ClaimTable.isSuperseded(sql, row.id(), writer.delegate())
        ? new Superseded(last.get())
        : new ErrorMessage(ErrorCode.NOT_CLAIMANT, "another delegate has claimed this backup");
  }

  /** The same for a change of the chain, for which a session must have a writer epoch. */
  static Optional<Message> refusalToCommit(Sql sql, BackupRow row, Writer writer) {
    Optional<Message> refusal = refusal(sql, row, writer);
    return refusal.isPresent() || writer.epoch() != 0
        ? refusal
        : Optional.of(
            new ErrorMessage(ErrorCode.BAD_MESSAGE, "only a writing session may change the chain"));
  }

  static ErrorMessage notAllowed() {
    return new ErrorMessage(ErrorCode.NOT_ALLOWED, "this node is not on the allow-list");
  }

  static ErrorMessage newerWriter() {
    return new ErrorMessage(ErrorCode.NEWER_WRITER, "a newer writer session took over");
  }
}
