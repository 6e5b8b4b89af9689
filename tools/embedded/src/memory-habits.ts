/** How much memory a program may hold on to that it does not use. */
export interface MemoryHabits {
  readonly nodeFlags: readonly string[];
  readonly mallocEnv: Readonly<Record<string, string>>;
}

/** What Node and the C library do by themselves. */
export const asItComes: MemoryHabits = { nodeFlags: [], mallocEnv: {} };

/**
 * glibc (other libraries ignore these) gives every block above 128 kB back to the kernel only to ask for it again, and fresh memory is
 * slow where a machine is a guest of another: PostgreSQL spent two thirds of its time on that when rows came as JSON.
 */
function keepsUpTo(bytes: number, atTheEnd = bytes): Readonly<Record<string, string>> {
  return { MALLOC_MMAP_THRESHOLD_: String(bytes), MALLOC_TRIM_THRESHOLD_: String(atTheEnd) };
}

/** Of each of PostgreSQL's processes. */
export const postgresMallocEnv = keepsUpTo(8 * 2 ** 20);

const oneArenaMore = { MALLOC_ARENA_MAX: '2' };
/** V8 grows and shrinks the space for what is new all the time; each thread has three of this size (MB). */
function steadyYoungSpace(size: number): readonly string[] {
  return [`--min-semi-space-size=${size}`, `--max-semi-space-size=${size}`];
}

/** V8's helpers wait for each other more than they help, where a process has a core or two to itself. */
const oneHelper = ['--v8-pool-size=1', '--no-parallel-scavenge'];

/**
 * V8 may decide that an object made for a moment lives long, makes it among the old ones, and with it keeps what it refers to: by
 * chance of when it looked, comparing then took half as much time and memory again.
 */
const noGuesses = ['--no-allocation-site-pretenuring'];

/** The worker's. On a machine with much memory V8 lets hundreds of megabytes of garbage pile up, at the start most of all. */
export const workerMemory: MemoryHabits = {
  nodeFlags: [
    ...steadyYoungSpace(20),
    ...oneHelper,
    ...noGuesses,
    '--expose-gc', // before comparing, see the worker's giveBackMemory
    '--heap-growing-percent=80',
    '--initial-old-space-size=64',
  ],
  // A page of Exact is smaller than 4 MB; the columns of comparing are larger, and each is given back when it has grown out of its place.
  mallocEnv: { ...oneArenaMore, ...keepsUpTo(4 * 2 ** 20, 32 * 2 ** 20) },
};

/** The sandbox's, which makes the pages that the worker reads. */
export const sandboxMemory: MemoryHabits = {
  nodeFlags: steadyYoungSpace(16),
  mallocEnv: { ...oneArenaMore, ...keepsUpTo(32 * 2 ** 20) },
};
