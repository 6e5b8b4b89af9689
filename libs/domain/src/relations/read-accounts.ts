import { ok, type SourceRelationId } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { MatchRecord } from './matching/index.js';
import type { Meter } from './meter.js';
import type { AccountScope } from './source-relations.port.js';

const accountsPerRead = 2_000;
/** Four million accounts; a tenant has at most a million (50 administrations of 20,000). */
const readsMax = 2_000;

/** All present accounts of the scope by id, in pages, each read while the one before is worked on. */
export async function* readAccounts(
  deps: CompareDeps,
  command: CompareRun,
  { meter, scope }: { readonly meter: Meter; readonly scope: AccountScope | null },
): AsyncGenerator<MatchRecord[]> {
  let next = readAhead(deps, command, { after: null, scope });
  try {
    for (let read = 0; read < readsMax; read += 1) {
      const page = await next;
      const last = page.at(-1);
      if (!last) return;
      const after = last.id as SourceRelationId; // a record's id is its account's
      next = readAhead(deps, command, { after, scope });
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
  { after, scope }: { readonly after: SourceRelationId | null; readonly scope: AccountScope | null },
): Promise<MatchRecord[]> {
  const page = await deps.uow.run(command.tenantId, async (tx) =>
    ok(await tx.sourceRelations.findRecords(after, accountsPerRead, scope)),
  );
  return page.ok ? page.value : []; // never: reading has no expected failure
}
