package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private final Crowd crowd = new Crowd(new Limits(6, 3, 1, 1));

  private static Channel from(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(address, 1);
      }
    };
  }

  private Channel enters(String address) {
    Channel channel = from(address);
    assertThat(crowd.enter(channel)).isEmpty();
    return channel;
  }

  @Test
  void theOldestOfTheAddressThatHasMostGoes() {
    enters("192.0.2.1");
    Channel oldest = enters("192.0.2.2");
    enters("192.0.2.2");
    assertThat(crowd.enter(from("192.0.2.3"))).containsSame(oldest);
  }

  @Test
  void amongEqualsTheOldestGoes() {
    Channel oldest = enters("192.0.2.1");
    enters("192.0.2.2");
    enters("192.0.2.3");
    assertThat(crowd.enter(from("192.0.2.4"))).containsSame(oldest);
    crowd.leave(oldest);
    assertThat(crowd.enter(from("192.0.2.5"))).isPresent();
  }

  @Test
  void theRestOfAnIpv6AddressIsFreeChoice() {
    enters("192.0.2.1");
    Channel oldest = enters("2001:db8:0:1::1");
    enters("2001:db8:0:1:2:3:4:5");
    assertThat(crowd.enter(from("2001:db8:0:2::1"))).containsSame(oldest);
  }

  @Test
  void whoeverIsWelcomeStays() {
    for (int i = 0; i < 6; i++) {
      crowd.welcome(enters("192.0.2.1"));
    }
    Channel newcomer = from("192.0.2.2");
    assertThat(crowd.enter(newcomer)).containsSame(newcomer);
  }

  @Test
  void whoeverLeavesMakesRoom() {
    Channel first = enters("192.0.2.1");
    enters("192.0.2.1");
    enters("192.0.2.1");
    crowd.leave(first);
    crowd.leave(first);
    enters("192.0.2.1");
    assertThat(crowd.enter(from("192.0.2.1"))).isPresent();
  }
}
