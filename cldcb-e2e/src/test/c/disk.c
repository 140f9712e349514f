/*
 * A disk in the hands of a test, for any process: LD_PRELOAD it. Below $CLDCB_DISK_ROOT it keeps apart
 * what a power cut would leave from what the page cache only promises, and fails where it is told to.
 * org.cldcb.e2e.rig.FaultyDisk starts, cuts and repairs it.
 *
 * The model, the strictest that POSIX allows and SQLite expects (sqlite.org/atomiccommit.html §2):
 *   - A page of a file is durable when it was written and then fsync() or fdatasync() of that file
 *     succeeded. Dirty pages may reach the disk at any time and in any order, whole or in part: that is
 *     left to the power cut, in FaultyDisk.
 *   - A name (created, renamed, linked, unlinked) is durable when its folder was fsync'ed after it; a
 *     new folder, when the one above was. A name whose file was never synced leads to an empty file.
 *   - An fsync() that fails leaves the pages clean and not durable, as Linux does: a later one that
 *     succeeds doesn't cover them, unless they were written again.
 *   - Page cache and dirty marks outlive the process that wrote.
 *   - SQLite's -shm is memory that several processes share: nothing of it is ever on the disk.
 *
 * $CLDCB_DISK_STATE, on the same file system, holds
 *   tree/        what a power cut would leave, as links to
 *   durable/N    the durable content of the file with inode N
 *   pin/N        a link to that file, so that no other gets its number
 *   dirty/N      a byte for each of its pages: 1 if written since the last fsync
 *   fault        "<call> <errno> [end of path]": the call fails so; errno 0: it lies that it succeeded; 1000: the
 *                process is killed instead of it
 *   log          if it is there: what was written, synced, and sent to the network, a line each
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096
#define NAME (PATH_MAX + 300)
#define REAL(name) \
  static typeof(&name) real; \
  if (!real) real = (typeof(&name)) dlsym(RTLD_NEXT, #name)

enum { NOT_OURS = -1, FAILED = -2 };
enum { DIES = 1000 };

static const char *root;
static const char *state;

__attribute__((constructor)) static void begin(void) {
  state = getenv("CLDCB_DISK_STATE");
  root = state ? getenv("CLDCB_DISK_ROOT") : NULL;
}

static int real_open(const char *path, int flags, mode_t mode) {
  REAL(open);
  return real(path, flags, mode);
}

static ssize_t real_write(int fd, const void *bytes, size_t count) {
  REAL(write);
  return real(fd, bytes, count);
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL(pwrite);
  return real(fd, bytes, count, at);
}

static int real_ftruncate(int fd, off_t size) {
  REAL(ftruncate);
  return real(fd, size);
}

/* <state>/<folder>/<inode> */
static const char *in_state(char *path, const char *folder, ino_t inode) {
  snprintf(path, NAME, "%s/%s/%lu", state, folder, (unsigned long) inode);
  return path;
}

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), wanted = strlen(end);
  return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static int is_below_root(const char *path) {
  size_t length = root ? strlen(root) : 0;
  return length && strncmp(path, root, length) == 0 && (path[length] == '/' || !path[length]) &&
         !ends_with(path, "-shm");
}

/* What an open file is called; "socket:[...]" and the like where it has no name. */
static void path_of(int fd, char *path) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

static void note(const char *what, const char *path) {
  char file[NAME], line[NAME];
  snprintf(file, NAME, "%s/log", state);
  int log = real_open(file, O_WRONLY | O_APPEND, 0);
  if (log >= 0) {
    int length = snprintf(line, NAME, "%s %s\n", what, path);
    if (real_write(log, line, length) != length) abort();
    close(log);
  }
}

/* The errno that a call on this file is to fail with, 0 if it is to lie, -1 if all is well. */
static int fault(const char *call, const char *path) {
  char file[NAME], failing[20] = "", end[100] = "";
  int error = -1;
  snprintf(file, NAME, "%s/fault", state);
  int fd = real_open(file, O_RDONLY, 0);
  if (fd < 0) return -1;
  char text[200] = "";
  if (read(fd, text, sizeof text - 1) > 0) sscanf(text, "%19s %d %99s", failing, &error, end);
  close(fd);
  if (strcmp(failing, call) != 0 || !ends_with(path, end)) return -1;
  if (error == DIES) kill(getpid(), SIGKILL);
  return error;
}

/* The dirty marks of a file, locked against other threads and processes until they are closed. */
static int open_marks(ino_t inode) {
  char path[NAME];
  int marks = real_open(in_state(path, "dirty", inode), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (marks < 0 || flock(marks, LOCK_EX) != 0) abort();
  return marks;
}

static void close_marks(int marks) {
  int error = errno;
  if (marks >= 0) close(marks);
  errno = error;
}

/*
 * To be called before a write: marks the pages. Gives what to close after it; FAILED, with errno, if it
 * is not to be done. A full disk takes what fits into the blocks that a file has.
 */
static int touch(int fd, off_t at, size_t count) {
  char path[PATH_MAX];
  struct stat file;
  if (!root) return NOT_OURS;
  int before = errno;
  path_of(fd, path);
  if (strncmp(path, "socket:", 7) == 0) note("send", "");
  if (!is_below_root(path) || fstat(fd, &file) != 0 || !S_ISREG(file.st_mode) || !file.st_nlink) {
    errno = before;
    return NOT_OURS;
  }
  int error = fault("write", path);
  if (error > 0 && (error != ENOSPC || at + (off_t) count > file.st_size)) {
    errno = error;
    return FAILED;
  }
  note("write", path);
  int marks = open_marks(file.st_ino);
  for (off_t page = at / PAGE; page * PAGE < at + (off_t) count; page++) {
    if (real_pwrite(marks, "\1", 1, page) != 1) abort();
  }
  errno = before;
  return marks;
}

/* Where write() will write. */
static off_t position(int fd) {
  struct stat file;
  int error = errno;
  off_t at = lseek(fd, 0, SEEK_CUR);
  if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &file) == 0) at = file.st_size;
  errno = error;
  return at < 0 ? 0 : at;
}

/* Makes sure of durable/N, empty at first, and of pin/N. */
static int open_durable(const char *path, const struct stat *file) {
  char pin[NAME], durable[NAME];
  if (linkat(AT_FDCWD, path, AT_FDCWD, in_state(pin, "pin", file->st_ino), 0) != 0 &&
      errno != EEXIST) {
    return -1; /* renamed or deleted this very moment */
  }
  return real_open(in_state(durable, "durable", file->st_ino), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static void copy_page(int from, int to, off_t page) {
  char bytes[PAGE];
  ssize_t count = pread(from, bytes, PAGE, page * PAGE);
  if (count > 0 && real_pwrite(to, bytes, count, page * PAGE) != count) abort();
}

/* What fsync does to the content of a file. */
static void sync_content(const char *path, const struct stat *file, int reaches_the_disk) {
  char pin[NAME], dirty;
  int durable = open_durable(path, file);
  if (durable < 0) return;
  int live = real_open(in_state(pin, "pin", file->st_ino), O_RDONLY | O_CLOEXEC, 0);
  int marks = open_marks(file->st_ino);
  for (off_t page = 0; pread(marks, &dirty, 1, page) == 1; page++) {
    if (dirty && reaches_the_disk) copy_page(live, durable, page);
    if (dirty && real_pwrite(marks, "\0", 1, page) != 1) abort();
  }
  if (reaches_the_disk && (real_ftruncate(durable, file->st_size) || fchmod(durable, file->st_mode))) {
    abort();
  }
  close(marks);
  close(live);
  close(durable);
}

/* Gives a file's durable content its name: at once, as a freeze may come at any time. */
static void link_durable(const char *path, const struct stat *file, const char *name) {
  char durable[NAME], unnamed[NAME];
  int fd = open_durable(path, file);
  if (fd < 0) return;
  close(fd);
  snprintf(unnamed, NAME, "%s/unnamed", state);
  unlink(unnamed);
  if (link(in_state(durable, "durable", file->st_ino), unnamed) || rename(unnamed, name)) abort();
  unlink(unnamed);
}

static void remove_all(const char *path) {
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    char below[NAME];
    snprintf(below, NAME, "%.*s/%s", PATH_MAX, path, entry->d_name);
    if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) remove_all(below);
  }
  if (folder) closedir(folder);
  remove(path);
}

/* What fsync does to the names in a folder: nothing, while its own is lost in a power cut. */
static void sync_names(const char *path) {
  char tree[NAME], live[NAME], name[NAME];
  struct stat file;
  snprintf(tree, NAME, "%s/tree%s", state, path + strlen(root));
  if (access(tree, F_OK) != 0) return;
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    snprintf(live, NAME, "%.*s/%s", PATH_MAX, path, entry->d_name);
    snprintf(name, NAME, "%.*s/%s", PATH_MAX, tree, entry->d_name);
    if (lstat(live, &file) != 0 || !is_below_root(live)) continue;
    if (S_ISDIR(file.st_mode)) mkdir(name, file.st_mode);
    if (S_ISREG(file.st_mode)) link_durable(live, &file, name);
  }
  if (folder) closedir(folder);
  folder = opendir(tree);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    snprintf(live, NAME, "%.*s/%s", PATH_MAX, path, entry->d_name);
    snprintf(name, NAME, "%.*s/%s", PATH_MAX, tree, entry->d_name);
    if (lstat(live, &file) != 0) remove_all(name);
  }
  if (folder) closedir(folder);
}

/* 1 if the file isn't ours, so that the real call is to be made. */
static int sync_durably(int fd) {
  char path[PATH_MAX];
  struct stat file;
  path_of(fd, path);
  if (!is_below_root(path) || fstat(fd, &file) != 0 || !file.st_nlink) return 1;
  int error = fault("fsync", path);
  if (error == 0) return 0;
  if (S_ISREG(file.st_mode)) sync_content(path, &file, error < 0);
  if (S_ISDIR(file.st_mode) && error < 0) sync_names(path);
  if (error > 0) {
    errno = error;
    return -1;
  }
  note("sync", path);
  return 0;
}

int fsync(int fd) {
  REAL(fsync);
  int done = sync_durably(fd);
  return done == 1 ? real(fd) : done;
}

int fdatasync(int fd) {
  REAL(fdatasync);
  int done = sync_durably(fd);
  return done == 1 ? real(fd) : done;
}

#define WRITING(type, at, count, call) \
  int marks = touch(fd, at, count); \
  type result = marks == FAILED ? -1 : (call); \
  close_marks(marks); \
  return result

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  WRITING(ssize_t, position(fd), count, real(fd, bytes, count));
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
  REAL(writev);
  size_t count = 0;
  for (int i = 0; i < number; i++) count += parts[i].iov_len;
  WRITING(ssize_t, position(fd), count, real(fd, parts, number));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  WRITING(ssize_t, at, count, real_pwrite(fd, bytes, count, at));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  WRITING(ssize_t, at, count, real(fd, bytes, count, at));
}

ssize_t sendfile(int fd, int from, off_t *at, size_t count) {
  REAL(sendfile);
  WRITING(ssize_t, position(fd), count, real(fd, from, at, count));
}

ssize_t sendfile64(int fd, int from, off64_t *at, size_t count) {
  REAL(sendfile64);
  WRITING(ssize_t, position(fd), count, real(fd, from, at, count));
}

ssize_t copy_file_range(int from, off64_t *at, int fd, off64_t *to, size_t count, unsigned flags) {
  REAL(copy_file_range);
  WRITING(ssize_t, to ? *to : position(fd), count, real(from, at, fd, to, count, flags));
}

/* The pages between the old size and the new change, whichever is the larger. */
static int touch_tail(int fd, off_t size) {
  struct stat file;
  off_t old = root && fstat(fd, &file) == 0 ? file.st_size : size;
  return old < size ? touch(fd, old, size - old) : touch(fd, size, old - size);
}

int ftruncate(int fd, off_t size) {
  int marks = touch_tail(fd, size);
  int result = marks == FAILED ? -1 : real_ftruncate(fd, size);
  close_marks(marks);
  return result;
}

int ftruncate64(int fd, off64_t size) {
  return ftruncate(fd, size);
}

/* Whether a file may be opened so; if not, errno is set. */
static int may_open(const char *path, int flags) {
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  int error = root && writes && is_below_root(path) ? fault("open", path) : -1;
  if (error > 0) errno = error;
  return error <= 0;
}

#define OPENING(name) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; \
    va_start(more, flags); \
    mode = va_arg(more, mode_t); \
    va_end(more); \
  } \
  REAL(name); \
  return may_open(path, flags) ? real(path, flags, mode) : -1

int open(const char *path, int flags, ...) {
  OPENING(open);
}

int open64(const char *path, int flags, ...) {
  OPENING(open64);
}
