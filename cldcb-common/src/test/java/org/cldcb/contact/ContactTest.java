package org.cldcb.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cldcb.crypto.PublicKey;
import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
  private static final PublicKey KEY = ExampleKeys.SERVER.publicKey();

  @ParameterizedTest
  @CsvSource({
    "example.org:1, example.org, 1, example.org:1",
    "example.org, example.org, 9736, example.org:9736",
    "EXAMPLE_1-a:65535, EXAMPLE_1-a, 65535, EXAMPLE_1-a:65535",
    "192.0.2.7:9736, 192.0.2.7, 9736, 192.0.2.7:9736",
    "[::1]:22, ::1, 22, [::1]:22",
    "[2001:db8::7], 2001:db8::7, 9736, [2001:db8::7]:9736",
    "[::ffff:192.0.2.7]:9, ::ffff:192.0.2.7, 9, [::ffff:192.0.2.7]:9",
    "vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd.onion:9736,"
        + "vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd.onion, 9736,"
        + "vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd.onion:9736"
  })
  void addressesReadAndPrint(String text, String host, int port, String printed) {
    HostPort address = HostPort.parse(text);
    assertThat(address).isEqualTo(new HostPort(host, port)).hasToString(printed);
    assertThat(HostPort.parse(printed)).isEqualTo(address);

    Contact contact = Contact.parse(KEY.hex() + "@" + text);
    assertThat(contact)
        .isEqualTo(new Contact(KEY, host, port))
        .hasToString(KEY.hex() + "@" + printed);
    assertThat(Contact.parse(contact.toString())).isEqualTo(contact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":1",
        "a:",
        "a:b",
        "a:-1",
        "a:+1",
        "a:123456",
        "a:01",
        "[192.0.2.7]:1",
        "a:1:2",
        "a b",
        "a b:1",
        "a/b:1",
        "::1",
        "[::1",
        "::1]:1",
        "[]:1",
        "[:]:1",
        "[a.onion]:1",
        "[::1]1",
        "[::1]:",
        "[::1%lo]:1",
        "a:1 ",
        " a:1",
        "a:1\n",
        "a\n:1",
        "u@a:1",
        "ä.org:1",
        "http://a",
        "a:١",
        "a'b:1",
        "$(a):1"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse(text))
        .withMessageContaining("not an address");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contact.parse(KEY.hex() + "@" + text))
        .withMessageContaining("not an address");
  }

  @Test
  void portsBeyondTheLastAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("a:65536"))
        .withMessage("not a port: 65536");
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse("a:99999"));
  }

  @Test
  void aServerMayListenOnAnyFreePortButIsNotFoundThere() {
    assertThat(HostPort.parse("a:0").port()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contact.parse(KEY.hex() + "@a:0"))
        .withMessageContaining("port 0");
  }

  @Test
  void hostsLongerThanAnyNameAreRefused() {
    assertThat(HostPort.parse("a".repeat(253)).host()).hasSize(253);
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse("a".repeat(254)));
  }

  @Test
  void aContactWithoutAKeyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contact.parse("example.org:9736"))
        .withMessageContaining("<66 hex digits>@host:port is expected");
    for (String key :
        new String[] {"", "ab", KEY.hex() + "0", "05" + KEY.hex().substring(2), "z".repeat(66)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Contact.parse(key + "@example.org:9736"))
          .withMessageContaining("server's public key, 66 hex digits");
    }
  }
}
