package org.cldcb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hex in docs/*.md: each {@code <!-- example NAME -->} is followed by a block that must say
 * what the code computes. {@code -Dcldcb.docs.update=true} writes the blocks instead.
 */
public final class DocExamples {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- example ([a-z-]+) -->\n```\n(.*?)```\n", Pattern.DOTALL);
  private static final Path DOCS = Path.of("..", "docs");

  private DocExamples() {}

  /** Compares (or writes) all examples of a document; each must be there, and no other. */
  public static void check(String document, Map<String, String> examples) throws IOException {
    Path file = DOCS.resolve(document);
    String text = Files.readString(file);
    if (Boolean.getBoolean("cldcb.docs.update")) {
      Files.writeString(file, written(text, examples));
      return;
    }
    Matcher matcher = BLOCK.matcher(text);
    int found = 0;
    while (matcher.find()) {
      assertThat(matcher.group(2)).as(matcher.group(1)).isEqualTo(examples.get(matcher.group(1)));
      found++;
    }
    assertThat(found).isEqualTo(examples.size());
  }

  private static String written(String text, Map<String, String> examples) {
    return BLOCK
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    "<!-- example "
                        + match.group(1)
                        + " -->\n```\n"
                        + examples.get(match.group(1))
                        + "```\n"));
  }
}
