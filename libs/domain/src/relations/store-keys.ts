import { ok } from '../kernel/index.js';
import { isInScope } from './choose-scope.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { KeysOfSource } from './match-keys.port.js';
import type { Meter } from './meter.js';
import { keysOfAccounts } from './neighbours.js';
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

/** Keeps the keys of all accounts outside the scope; those of earlier runs stay. */
export async function storeKeysOfOthers(
  deps: CompareDeps,
  command: CompareRun,
  { meter, scope }: { readonly meter: Meter; readonly scope: AccountScope },
): Promise<void> {
  const keys = storeKeys(deps, command);
  const uncounted: Meter = { advance: async () => undefined, end: async () => undefined };
  for await (const page of readAccounts(deps, command, { meter: uncounted, scope: null })) {
    const others = page.filter((record) => !isInScope(scope, record));
    await keys.add(keysOfAccounts(others));
    await meter.advance(others.length);
  }
  await keys.put();
}
