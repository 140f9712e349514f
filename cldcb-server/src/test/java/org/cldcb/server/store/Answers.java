package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;

/** What is expected of answers that aren't the one hoped for. */
final class Answers {
  private Answers() {}

  /** The session goes on, and is told where the chain stands. */
  static void assertRefused(Message answer, RefusalCode code, Client client) {
    assertThat(answer).isEqualTo(new Refused(code, client.head(), client.parent()));
  }

  static void assertError(Message answer, ErrorCode code) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            ErrorMessage.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
