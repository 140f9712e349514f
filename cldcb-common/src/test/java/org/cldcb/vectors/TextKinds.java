package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cldcb.chain.Delegation;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.ExampleKeys;

/** Contacts, PROTOCOL §1, and wrapper files, FORMAT §10: the payload is the text. */
final class TextKinds {
  private static final String MALFORMED = "malformed";
  private static final String KEY = ExampleKeys.SERVER.publicKey().hex();

  private TextKinds() {}

  private static Vector vector(String name, String expect, String comment, String text) {
    return Vector.of(name, expect, comment, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Vector vector) {
    return new String(vector.payload(), StandardCharsets.UTF_8);
  }

  /** A server's contact. */
  static final class OfContact implements Kind {
    @Override
    public String name() {
      return "contact";
    }

    @Override
    public List<Vector> all() {
      return List.of(
          ok("name", "a host's name", "backup.example.org:9736", "backup.example.org", 9736),
          ok("no-port", "the default port", "backup.example.org", "backup.example.org", 9736),
          ok("ipv4", "an IPv4 address", "192.0.2.7:1", "192.0.2.7", 1),
          ok("ipv6", "an IPv6 address", "[2001:db8::7]:65535", "2001:db8::7", 65_535),
          bad("no-key", "no key", "backup.example.org:9736"),
          bad("empty-key", "an empty key", "@backup.example.org:9736"),
          bad("short-key", "a digit is missing", KEY.substring(1) + "@a:1"),
          bad("no-point", "a key that is no point", "05" + KEY.substring(2) + "@a:1"),
          bad("no-host", "no host", KEY + "@:9736"),
          bad("port-large", "port 65536", KEY + "@a:65536"),
          bad("port-zero", "port 0", KEY + "@a:0"),
          bad("port-leading-zero", "a leading zero", KEY + "@a:01"),
          bad("port-empty", "no port after the colon", KEY + "@a:"),
          bad("ipv6-bare", "an IPv6 address without brackets", KEY + "@::1"),
          bad("ipv4-bracketed", "an IPv4 address in brackets", KEY + "@[192.0.2.7]:1"),
          bad("space", "a space in the host", KEY + "@a b:1"),
          bad("newline", "a newline at the end", KEY + "@a:1\n"));
    }

    private static Vector ok(String name, String comment, String address, String host, int port) {
      return vector("contact/ok-" + name, Vector.OK, comment, KEY + "@" + address)
          .with("server-key", KEY)
          .with("host", host)
          .with("port", Integer.toString(port));
    }

    private static Vector bad(String name, String comment, String text) {
      return vector("contact/malformed-" + name, MALFORMED, comment, text);
    }

    @Override
    public String read(Vector vector) {
      try {
        Contact contact = Contact.parse(text(vector));
        assertThat(contact.serverKey().hex()).isEqualTo(vector.field("server-key"));
        assertThat(contact.host()).isEqualTo(vector.field("host"));
        assertThat(contact.port()).isEqualTo((int) vector.number("port"));
        return Vector.OK;
      } catch (IllegalArgumentException e) {
        return MALFORMED;
      }
    }
  }

  /** {@code cldcb-plugin-wrapper}. */
  static final class OfWrapper implements Kind {
    @Override
    public String name() {
      return "wrapper";
    }

    @Override
    public List<Vector> all() {
      String sound = wrapper();
      return List.of(
          vector("wrapper/ok", Vector.OK, "the example keys, claim 7", sound),
          bad("version", "version 2", sound.replace("cldcb-wrapper: 1", "cldcb-wrapper: 2")),
          bad("missing-field", "no claim", sound.replace("# claim: 7\n", "")),
          bad(
              "repeated-field",
              "the claim twice",
              sound.replace("# claim: 7\n", "# claim: 7\n# claim: 7\n")),
          bad(
              "misplaced-field",
              "the claim first",
              "# claim: 7\n" + sound.replace("# claim: 7\n", "")),
          bad(
              "unknown-field",
              "a field that isn't known",
              sound.replace("# claim", "# color: red\n# claim")),
          bad(
              "claim-zero-first",
              "a claim with a leading zero",
              sound.replace("claim: 7", "claim: 07")),
          bad("claim-negative", "a negative claim", sound.replace("claim: 7", "claim: -7")),
          bad("upper-case", "a key in upper case", sound.replace("5".repeat(64), "A".repeat(64))),
          bad(
              "short-key",
              "a key that is too short",
              sound.replace("5".repeat(64), "5".repeat(62))),
          bad("relative-path", "a relative path", sound.replace("database: /", "database: ")),
          bad("crlf", "lines that end with CR LF", sound.replace("\n", "\r\n")),
          bad("no-newline", "no newline at the end", sound.substring(0, sound.length() - 1)),
          bad("line-after", "a line after the last", sound + "\n"),
          bad("other-command", "another command", sound.replace("exec '", "rm '")),
          bad("empty", "no bytes", ""));
    }

    private static Vector bad(String name, String comment, String text) {
      return vector("wrapper/malformed-" + name, MALFORMED, comment, text);
    }

    private static String wrapper() {
      PrivateKey delegate = PrivateKey.of(ExampleKeys.DELEGATE.bytes());
      String text = Delegation.delegationText(delegate.publicKey());
      try (Wrapper wrapper =
          new Wrapper(
              ExampleKeys.IDENTITY,
              new Contact(ExampleKeys.SERVER.publicKey(), "backup.example.org", 9736),
              delegate,
              MessageSignature.sign(ExampleKeys.NODE, text),
              7,
              ExampleKeys.CHUNK_ID_KEY.clone(),
              Path.of("/var/lib/cln/regtest/lightningd.sqlite3"),
              Path.of("/usr/lib/cldcb/bin/cldcb-plugin"))) {
        return new String(WrapperFile.format(wrapper), StandardCharsets.UTF_8);
      }
    }

    @Override
    public String read(Vector vector) {
      try (Wrapper read = WrapperFile.parse(vector.payload())) {
        assertThat(WrapperFile.format(read)).isEqualTo(vector.payload());
        return Vector.OK;
      } catch (WrapperException e) {
        return MALFORMED;
      }
    }
  }
}
