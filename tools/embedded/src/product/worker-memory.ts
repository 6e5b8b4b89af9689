/** How much memory a program may hold on to that it does not use. */
export interface MemoryHabits {
  readonly nodeFlags: readonly string[];
  readonly mallocEnv: Readonly<Record<string, string>>;
}

/** What Node and the C library do by themselves. */
export const asItComes: MemoryHabits = { nodeFlags: [], mallocEnv: {} };

/**
 * The worker's. On a machine with much memory V8 lets hundreds of megabytes of garbage pile up, and grows and shrinks the space for what
 * is new all the time; glibc (MALLOC_*; other libraries ignore them) gives a buffer of a page of Exact back to the kernel only to ask for
 * it again. Fresh memory is slow where a machine is a guest of another: half of all page faults went with these.
 */
export const workerMemory: MemoryHabits = {
  nodeFlags: ['--min-semi-space-size=16', '--max-semi-space-size=16', '--heap-growing-percent=50'],
  mallocEnv: {
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '33554432',
    MALLOC_TRIM_THRESHOLD_: '33554432',
  },
};
