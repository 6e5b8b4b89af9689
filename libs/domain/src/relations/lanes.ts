/** Portions under way at the same time: each lane works while the others wait for the database. */
const lanesMax = 3;

/** Works all items off, some side by side. Each lane takes the next item; the first failure ends the taking and is thrown. */
export async function inLanes<T>(items: AsyncIterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let hasFailed = false;
  const lane = async (): Promise<void> => {
    for (let next = await iterator.next(); !next.done && !hasFailed; next = await iterator.next())
      await work(next.value);
  };
  const guarded = async (): Promise<void> => {
    try {
      await lane();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  try {
    const ends = await Promise.allSettled(Array.from({ length: lanesMax }, guarded));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    await iterator.return?.();
  }
}
