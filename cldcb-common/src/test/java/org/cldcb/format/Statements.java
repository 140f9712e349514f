package org.cldcb.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Statements for tests: any text that Unicode allows, thick with what looks like a blob. */
final class Statements {
  private static final String LOWER = "0123456789abcdef";
  private static final String UPPER = "0123456789ABCDEF";
  private static final String[] ODDITIES = {
    "x''",
    "X''",
    "x'",
    "X'",
    "'",
    "''",
    "x",
    "X",
    "x'0'",
    "X'ABC'",
    "x'aB'",
    "x'AB'",
    "X'ab'",
    "x'12'",
    "X'12'",
    "x'x'ab'",
    "x'abx'cd'",
    "'x''ab'''",
    "x'ab\0'",
    "x'gg'",
    "x'ab",
    "\0",
    "\n",
    "\u007f",
    "\u0080",
    "ÿ",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\ufeff",
    "😀",
    "\ud800\udc00",
    "\udbff\udfff",
    "x'😀'",
    "ﬀ",
    "x'١٢'",
    ""
  };

  private final Random random;

  Statements(long seed) {
    random = new Random(seed);
  }

  List<String> any(int maxCount) {
    List<String> statements = new ArrayList<>();
    for (int count = random.nextInt(maxCount + 1); count > 0; count--) {
      statements.add(one());
    }
    return statements;
  }

  String one() {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
      text.append(piece());
    }
    return text.toString();
  }

  static String blob(String prefix, int bytes, Random random) {
    String digits = prefix.equals("x") ? LOWER : UPPER;
    StringBuilder text = new StringBuilder(2 * bytes + 3).append(prefix).append('\'');
    for (int i = 0; i < 2 * bytes; i++) {
      text.append(digits.charAt(random.nextInt(16)));
    }
    return text.append('\'').toString();
  }

  private String piece() {
    return switch (random.nextInt(8)) {
      case 0 -> blob("x", 1 + random.nextInt(200), random);
      case 1 -> blob("X", 1 + random.nextInt(200), random);
      case 2 -> blob("x", 1 + random.nextInt(6), random).replaceFirst("'$", "0'");
      case 3, 4 -> ODDITIES[random.nextInt(ODDITIES.length)];
      case 5 -> "INSERT INTO vars (name, val) VALUES ('n', " + random.nextInt() + ");";
      case 6 -> text(random.nextInt(40));
      default -> text(random.nextInt(3) == 0 ? random.nextInt(10_000) : 3);
    };
  }

  private String text(int points) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < points; i++) {
      int point = random.nextInt(1 << (1 + random.nextInt(21)));
      boolean surrogate = point >= 0xd800 && point <= 0xdfff;
      text.appendCodePoint(surrogate || point > Character.MAX_CODE_POINT ? 'x' : point);
    }
    return text.toString();
  }
}
