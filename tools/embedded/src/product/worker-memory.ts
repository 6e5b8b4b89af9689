/** How much memory a program may hold on to that it does not use. */
export interface MemoryHabits {
  readonly nodeFlags: readonly string[];
  readonly mallocEnv: Readonly<Record<string, string>>;
}

/** What Node and the C library do by themselves. */
export const asItComes: MemoryHabits = { nodeFlags: [], mallocEnv: {} };

/**
 * The worker's. On a machine with much memory V8 lets hundreds of megabytes of garbage pile up, young and old, and glibc keeps
 * what every thread freed (MALLOC_*; other libraries ignore them): 420 MB before the first job instead of 160.
 */
export const workerMemory: MemoryHabits = {
  nodeFlags: ['--max-semi-space-size=16', '--heap-growing-percent=50'],
  mallocEnv: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' },
};
