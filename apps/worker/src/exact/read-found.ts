import { err, ok, type Result } from '@koppel/domain/kernel';
import type { SourceFault } from '@koppel/domain/sync';
import type { Page } from '@koppel/exact-client';

/** Pages of one search: 600 records. */
const pagesMax = 10;

type ReadPage<T> = (next: string | undefined) => Promise<Page<T>>;

/** All that a search in Exact finds, each page by a call of its own; null when that is more than is read. */
export async function readFound<T>(read: ReadPage<T>): Promise<T[] | null> {
  const found: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await read(next);
    found.push(...page.rows);
    if (page.next === undefined) return found;
    next = page.next;
  }
  return null;
}

/** What was found, or the fault that nobody can tell: what is sought may stand on a page that was not read, so that nothing is to be made. */
export function allFound<T>(found: Result<T[] | null, SourceFault>): Result<T[], SourceFault> {
  if (!found.ok) return found;
  return found.value ? ok(found.value) : err({ kind: 'unexpected', reason: 'more was found than is read' });
}
