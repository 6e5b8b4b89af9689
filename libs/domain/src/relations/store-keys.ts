import { ok, type SourceRelationId } from '../kernel/index.js';
import { isInScope } from './choose-scope.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { KeysOfSource } from './match-keys.port.js';
import { NamesOfAll, type LearntNames } from './matching/index.js';
import type { Meter } from './meter.js';
import { readAccounts } from './read-accounts.js';
import type { AccountScope } from './source-relations.port.js';

/** Accounts per transaction: the more, the fewer rows each key is spread over. */
const accountsPerPortion = 20_000;

/** Keeps candidate keys for later look-ups of single accounts. */
export interface KeyStore {
  /** Puts them now and then; the same portions again replace themselves. */
  readonly add: (keys: readonly KeysOfSource[]) => Promise<void>;
  /** Puts what was added last. */
  readonly put: () => Promise<void>;
  /** Once the keys of all accounts are put. */
  readonly forgetEarlier: () => Promise<void>;
}

/** Where a run that compares everything keeps the keys. */
export function storeKeys(deps: CompareDeps, { tenantId, runId }: CompareRun): KeyStore {
  let portion: KeysOfSource[] = [];
  const put = async (): Promise<void> => {
    const keys = portion;
    portion = [];
    await deps.uow.run(tenantId, async (tx) => ok(await tx.matchKeys.putPortion(runId, keys)));
  };
  return {
    put,
    add: async (keys) => {
      portion.push(...keys);
      if (portion.length >= accountsPerPortion) await put();
    },
    forgetEarlier: async () => {
      await deps.uow.run(tenantId, async (tx) => ok(await tx.matchKeys.forgetBefore(runId)));
    },
  };
}

/**
 * Keeps the keys of all accounts outside the scope; those of earlier runs stay. Says what all accounts, those of the scope too, teach of names:
 * those alone would teach less.
 */
export async function storeKeysOfOthers(
  deps: CompareDeps,
  command: CompareRun,
  { meter, scope }: { readonly meter: Meter; readonly scope: AccountScope },
): Promise<LearntNames> {
  const keys = storeKeys(deps, command);
  const names = new NamesOfAll();
  const uncounted: Meter = { advance: async () => undefined, end: async () => undefined };
  for await (const page of readAccounts(deps, command, { meter: uncounted, scope: null })) {
    const others = page
      .map((record) => ({ record, keys: names.add(record) }))
      .filter(({ record }) => !isInScope(scope, record));
    // A record's id is its account's.
    await keys.add(
      others.map(({ record, keys: own }) => ({ sourceRelationId: record.id as SourceRelationId, keys: own })),
    );
    await meter.advance(others.length);
  }
  await keys.put();
  const learning = names.learn();
  let step = learning.next();
  for (; !step.done; step = learning.next()) await deps.pause?.();
  return step.value;
}
