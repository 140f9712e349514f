package org.cldcb.server.session;

import java.util.concurrent.CompletableFuture;
import org.cldcb.chain.Claim;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.Writer;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.Held;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a delegate becomes the claimant: docs/PROTOCOL.md §4. */
final class ClaimRequests {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimRequests.class);

  private final Services services;
  private final LiveSession session;
  private final Writer writer;
  private final MessageSignature delegation;

  ClaimRequests(
      Services services, LiveSession session, Writer writer, MessageSignature delegation) {
    this.services = services;
    this.session = session;
    this.writer = writer;
    this.delegation = delegation;
  }

  CompletableFuture<Message> answer(ClaimRequest request) {
    Claim claim = new Claim(request.number(), writer.delegate(), delegation, request.signature());
    return CompletableFuture.supplyAsync(() -> isValid(claim), services.blocking())
        .thenComposeAsync(
            valid ->
                valid
                    ? services.store().claim(writer, claim, request.expected())
                    : CompletableFuture.completedFuture(refusal()),
            services.blocking())
        .thenApply(answer -> answered(claim, answer));
  }

  /** Lets nobody else commit for a moment; the head in the answer stays the head meanwhile. */
  CompletableFuture<Message> hold() {
    services.sessions().holds().begin(session);
    return services
        .store()
        .settled(writer.backup())
        .thenApply(state -> new Held(state.head(), state.parent()));
  }

  private boolean isValid(Claim claim) {
    PublicKey nodeId = writer.backup().nodeId();
    return claim.isValid(nodeId, services.serverKey());
  }

  private Message refusal() {
    BackupId backup = writer.backup();
    return Refusals.refuse(services.store(), backup, RefusalCode.BAD_CLAIM);
  }

  private Message answered(Claim claim, Message answer) {
    if (answer instanceof Claimed) {
      LOG.info("{}: claim {} by {}", session, claim.number(), claim.delegate());
      services.sessions().claimed(session, claim);
    }
    return answer;
  }
}
