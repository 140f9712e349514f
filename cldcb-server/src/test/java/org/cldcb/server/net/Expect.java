package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cldcb.link.RefusedException;
import org.cldcb.link.ServerErrorException;
import org.cldcb.link.Session;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.RefusalCode;

/** What a client expects of an unkind server. */
final class Expect {
  private Expect() {}

  static void refusal(RefusalCode code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  static void error(ErrorCode code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** The error comes next, and nothing after it. */
  static void end(ErrorCode code, Session session) {
    error(code, session::receive);
    assertThatThrownBy(session::receive).hasMessageContaining("closed the connection");
  }
}
