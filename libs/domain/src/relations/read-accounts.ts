import { ok, type SourceRelationId } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { MatchRecord } from './matching/index.js';
import type { Meter } from './meter.js';

const accountsPerRead = 2_000;
/** Ten million accounts; a tenant has at most a million (50 administrations of 20,000). */
const readsMax = 2_000;

/** How many accounts there are to compare. */
export async function countAccounts(deps: CompareDeps, command: CompareRun): Promise<number> {
  const count = await deps.uow.run(command.tenantId, async (tx) =>
    ok(await tx.sourceRelations.countPresent()),
  );
  return count.ok ? count.value : 0; // never 0 by failure: counting has no expected one
}

/** All present accounts by id, in pages, each read while the one before is worked on. */
export async function* readAccounts(
  deps: CompareDeps,
  command: CompareRun,
  meter: Meter,
): AsyncGenerator<MatchRecord[]> {
  let next = readAhead(deps, command, null);
  try {
    for (let read = 0; read < readsMax; read += 1) {
      const page = await next;
      const last = page.at(-1);
      if (!last) return;
      next = readAhead(deps, command, last.id as SourceRelationId); // a record's id is its account's
      yield page;
      await meter.advance(page.length);
    }
  } finally {
    await Promise.allSettled([next]); // who stops early does not want the page that is under way
  }
}

/** A page that may fail before somebody waits for it: it throws to whoever does, and ends no process meanwhile. */
function readAhead(...page: Parameters<typeof readPage>): Promise<MatchRecord[]> {
  const reading = readPage(...page);
  void Promise.allSettled([reading]);
  return reading;
}

async function readPage(
  deps: CompareDeps,
  command: CompareRun,
  after: SourceRelationId | null,
): Promise<MatchRecord[]> {
  const page = await deps.uow.run(command.tenantId, async (tx) =>
    ok(await tx.sourceRelations.findRecords(after, accountsPerRead)),
  );
  return page.ok ? page.value : []; // never: reading has no expected failure
}
