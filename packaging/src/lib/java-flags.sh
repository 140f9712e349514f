# Sourced by the launchers in ../bin, with $name and $home set: chooses the java to run as $java and
# the flags for this executable as $flags and $archive. The only place that knows either.

if [ -n "${CLDCB_JAVA:-}" ]; then
  java=$CLDCB_JAVA
elif [ -x "$home/runtime/bin/java" ]; then
  java=$home/runtime/bin/java
elif [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
else
  java=java
fi

# The second test is for a path: dash finds a file that can't be run.
found=$(command -v "$java") && [ -x "$found" ] || {
  echo "$name: cannot run '$java': install Java 17 or newer, or set CLDCB_JAVA to its java" >&2
  exit 127
}

# Java 17 takes the encoding of file names from the locale: without one, as in most services, a path
# with an umlaut isn't found.
export LC_ALL=C.UTF-8

# A core file would be a copy of the memory, keys and all.
ulimit -c 0

# UsePerfData would map a file in /tmp, whose write-back can stall every thread of the JVM.
# file.encoding: Java 17 would else take the default charset from the locale, newer ones don't.
# Xlog: an archive that doesn't fit would be a warning on stdout, which is the plugin's line to
# lightningd.
flags='-XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xlog:disable'
flags="$flags -Dfile.encoding=UTF-8"

case $name in
  # lightningd waits for its start and its memory is the node's: C1 only, small heap. The young
  # generation is always touched as a whole: 4m instead of 21m is 13 MiB less in memory
  cldcb-plugin) flags="$flags -XX:TieredStopAtLevel=1 -Xmn4m -Xmx64m" ;;
  # systemd starts it anew; half alive, it would leave its nodes waiting
  # Xmn: what an append leaves behind is garbage at once, and all of the room for it gets touched
  # MALLOC_ARENA_MAX: glibc would keep one for each thread, of which the compilers' are large
  # leakDetection: in samples, Netty would take a stack trace for each handler that a buffer passes
  cldcb-server)
    export MALLOC_ARENA_MAX=2
    flags="$flags -Xmx160m -Xmn16m -XX:+ExitOnOutOfMemoryError"
    flags="$flags -Dio.netty.leakDetection.level=disabled"
    ;;
  # 512m: an encrypted hsm_secret takes 290 MB (Argon2id), all else little; only what is used is
  # taken from the system
  # jdk.console: newer Javas else see a terminal where there is none, and ask it questions
  # C1 only: recovery fills two cores, and C2's compiling took a third of its time. But install hashes
  # and encrypts a whole database, for which only C2 takes the processor's instructions: SHA-256 of
  # 1,150 MB/s instead of 67.
  cldcb-client)
    flags="$flags -Xmx512m -Djdk.console=java.base"
    [ "${1:-}" = install ] || flags="$flags -XX:TieredStopAtLevel=1"
    ;;
esac

# What cldcb-archive-classes made, as $archive, or nothing. With one of another Java the JVM would do
# without any, its own included; an update of Java is newer than the archive.
archive=$home/lib/$name.jsa
[ "$archive" -nt "$found" ] || archive=
