package org.cldcb.vectors;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One case: what a reader is given, and what must come of it. The file's folder is its kind.
 *
 * @param name {@code kind/case}
 * @param fields {@code expect} first, then {@code comment}, then what the kind needs
 * @param payload the bytes to read
 */
public record Vector(String name, Map<String, String> fields, byte[] payload) {
  /** The expectation of what is sound. */
  public static final String OK = "ok";

  private static final int HEX_IN_A_LINE = 96;

  /** Begins a case. */
  static Vector of(String name, String expect, String comment, byte[] payload) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("expect", expect);
    fields.put("comment", comment);
    return new Vector(name, fields, payload);
  }

  /** The same with a field more. */
  Vector with(String field, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new Vector(name, more, payload);
  }

  Vector with(String field, byte[] value) {
    return with(field, HexFormat.of().formatHex(value));
  }

  String kind() {
    return name.substring(0, name.indexOf('/'));
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  String field(String field) {
    return Objects.requireNonNull(fields.get(field), field);
  }

  byte[] bytes(String field) {
    return HexFormat.of().parseHex(field(field));
  }

  long number(String field) {
    return Long.parseLong(field(field));
  }

  /** The file. */
  String text() {
    StringBuilder text = new StringBuilder();
    fields.forEach((field, value) -> text.append(field).append(": ").append(value).append('\n'));
    text.append('\n');
    String hex = HexFormat.of().formatHex(payload);
    for (int at = 0; at < hex.length(); at += HEX_IN_A_LINE) {
      text.append(hex, at, Math.min(hex.length(), at + HEX_IN_A_LINE)).append('\n');
    }
    return text.toString();
  }

  static Vector parse(String name, String text) {
    int end = text.indexOf("\n\n");
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : text.substring(0, end).split("\n", -1)) {
      int colon = line.indexOf(": ");
      fields.put(line.substring(0, colon), line.substring(colon + 2));
    }
    String hex = text.substring(end + 2).replace("\n", "");
    return new Vector(name, fields, HexFormat.of().parseHex(hex));
  }

  @Override
  public String toString() {
    return name;
  }
}
