import { err, ok, type Result } from '@koppel/domain/kernel';
import type { SourceFault } from '@koppel/domain/sync';
import type { Page } from '@koppel/exact-client';

/** Pages of one search: 600 records. */
const pagesMax = 10;

type ReadPage<T> = (next: string | undefined) => Promise<Page<T>>;

/** What a search finds, or why it proves nothing: what is sought may be just what was not read, so that nothing is to be made. */
export type Found<T> = Result<T[], string>;

/** All that a search in Exact finds, each page by a call of its own. */
export async function readFound<T>(read: ReadPage<T>): Promise<Found<T>> {
  const found: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await read(next);
    const [unreadable] = page.rejected;
    if (unreadable) return err(`a record that was found cannot be read: ${unreadable.reason}`);
    found.push(...page.rows);
    if (page.next === undefined) return ok(found);
    next = page.next;
  }
  return err('more was found than is read');
}

/** What was found, or the fault that it cannot be told. */
export function allFound<T>(search: Result<Found<T>, SourceFault>): Result<T[], SourceFault> {
  if (!search.ok) return search;
  const { value: found } = search;
  return found.ok ? found : err({ kind: 'unexpected', reason: found.error });
}
