package org.cldcb.server.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of a server, and who must go when they are too many: the oldest of those not yet
 * welcome, of the address that has the most of them. So whoever holds connections open displaces
 * his own first, and a newcomer has always a moment to shake hands. Thread-safe.
 */
final class Crowd {
  /**
   * What a network hands out to one host (RFC 6177): of an IPv6 address, the rest is free choice.
   */
  private static final int ADDRESS_BYTES = 8;

  private final Limits limits;
  private final Map<Channel, ByteBuffer> all = new HashMap<>();
  private final Map<ByteBuffer, Set<Channel>> strangers = new LinkedHashMap<>();
  private int strangersInAll;

  Crowd(Limits limits) {
    this.limits = limits;
  }

  /** Counts a new one. Gives the one to be closed if there are too many: perhaps itself. */
  synchronized Optional<Channel> enter(Channel newcomer) {
    ByteBuffer address = address(newcomer.remoteAddress());
    all.put(newcomer, address);
    strangers.computeIfAbsent(address, first -> new LinkedHashSet<>()).add(newcomer);
    strangersInAll++;
    if (all.size() <= limits.connections()
        && strangersInAll <= limits.unauthenticatedConnections()) {
      return Optional.empty();
    }
    Optional<Channel> tooMany =
        strangers.values().stream()
            .max(Comparator.comparingInt(Collection::size))
            .map(most -> most.iterator().next());
    tooMany.ifPresent(this::leave);
    return tooMany;
  }

  /** This one is welcome now. */
  synchronized void welcome(Channel stranger) {
    ByteBuffer address = all.get(stranger);
    Set<Channel> same = strangers.get(address);
    if (same != null && same.remove(stranger)) {
      strangersInAll--;
      if (same.isEmpty()) {
        strangers.remove(address);
      }
    }
  }

  /** This one is closed. */
  synchronized void leave(Channel gone) {
    welcome(gone);
    all.remove(gone);
  }

  private static ByteBuffer address(SocketAddress remote) {
    byte[] bytes =
        remote instanceof InetSocketAddress internet
            ? internet.getAddress().getAddress()
            : new byte[0];
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, ADDRESS_BYTES));
  }
}
