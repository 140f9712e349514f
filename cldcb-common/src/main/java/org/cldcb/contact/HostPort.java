package org.cldcb.contact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on or connect to.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:\\[((?=[^]]*:)[0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))"
              + "(?::(0|[1-9][0-9]{0,4}))?");

  /**
   * Reads {@code host}, {@code host:port} or {@code [IPv6]:port}; the port is {@link
   * Contact#DEFAULT_PORT} if left out.
   *
   * @throws IllegalArgumentException with a line for the operator
   */
  public static HostPort parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not an address: host:port is expected, or [IPv6 address]:port");
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = matcher.group(3) == null ? Contact.DEFAULT_PORT : Integer.parseInt(matcher.group(3));
    if (port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    return new HostPort(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
