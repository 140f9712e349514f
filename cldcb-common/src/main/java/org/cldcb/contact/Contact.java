package org.cldcb.contact;

import org.cldcb.crypto.PublicKey;

/**
 * A server's contact, {@code <66 hex>@host:port}: the form that operators know from Lightning
 * peers.
 *
 * @param serverKey the key that pins the server
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Contact(PublicKey serverKey, String host, int port) {
  /** Where a server listens if nothing else is said. */
  public static final int DEFAULT_PORT = 9736;

  /**
   * Reads a contact; the port may be left out.
   *
   * @throws IllegalArgumentException with a line for the operator
   */
  public static Contact parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("not a contact: <66 hex digits>@host:port is expected");
    }
    HostPort address = HostPort.parse(text.substring(at + 1));
    if (address.port() == 0) {
      throw new IllegalArgumentException("not a contact: nobody can be reached at port 0");
    }
    return new Contact(key(text.substring(0, at)), address.host(), address.port());
  }

  private static PublicKey key(String hex) {
    try {
      return PublicKey.fromHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the part before the @ of a contact must be the server's public key, 66 hex digits", e);
    }
  }

  @Override
  public String toString() {
    return serverKey.hex() + "@" + new HostPort(host, port);
  }
}
