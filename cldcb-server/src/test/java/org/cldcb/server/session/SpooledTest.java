package org.cldcb.server.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class SpooledTest {
  private static final long LIMIT = 1 << 30;

  private final PublicKey one = PrivateKey.generate(new java.security.SecureRandom()).publicKey();
  private final PublicKey other = PrivateKey.generate(new java.security.SecureRandom()).publicKey();
  private final Spooled spooled = new Spooled();

  @Test
  void theSessionsOfANodeShareALimit() throws OverLimitException {
    spooled.add(one, LIMIT - 10);
    spooled.add(one, 10);
    assertThatThrownBy(() -> spooled.add(one, 1)).isInstanceOf(OverLimitException.class);
    spooled.add(other, LIMIT);
  }

  @Test
  void whatIsFreedMayBeUsedAgain() throws OverLimitException {
    spooled.add(one, LIMIT);
    spooled.remove(one, 100);
    spooled.add(one, 100);
    assertThatThrownBy(() -> spooled.add(one, 1)).isInstanceOf(OverLimitException.class);
    spooled.remove(one, LIMIT);
    spooled.add(one, LIMIT);
  }
}
