package org.cldcb.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import org.cldcb.cli.Failure;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  private final PublicKey key = PrivateKey.generate(new SecureRandom()).publicKey();

  @ParameterizedTest
  @CsvSource({"0,0 B", "999,999 B", "1000,1.0 KB", "1234567,1.2 MB", "5000000000000000,5000.0 TB"})
  void sizes(long bytes, String text) {
    assertThat(Messages.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 s", "119,119 s", "120,2 min", "7200,2 h", "172800,2 days"})
  void spans(long seconds, String text) {
    assertThat(Messages.span(seconds)).isEqualTo(text);
  }

  @Test
  void refusedNodeIsToldTheExactLineToRunOnTheServer() {
    Contact server = new Contact(key, "example.com", 9736);
    Failure failure = Messages.notAllowed(server, key, "Bob's node");

    assertThat(failure.exitCode()).isEqualTo(1);
    assertThat(failure.hints())
        .contains(
            "cldcb-server allow "
                + key
                + " --label 'Bob'\\''s node' --data-dir <the server's data dir>");
  }

  @Test
  void reasonsNameWhatTheJdkLeavesOut() {
    assertThat(Messages.reason(new NoSuchFileException("/a"))).isEqualTo("/a isn't there");
    assertThat(Messages.reason(new AccessDeniedException("/a"))).isEqualTo("AccessDenied: /a");
    assertThat(Messages.reason(new IllegalStateException("two\nlines"))).isEqualTo("two lines");
  }
}
