import { ok } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { KeysOfSource } from './match-keys.port.js';

/** Accounts per transaction: the more, the fewer rows each key is spread over. */
const accountsPerPortion = 20_000;

/** Keeps the candidate keys of all accounts for later look-ups of single ones; the same portions again replace themselves. */
export function storeKeys(
  deps: CompareDeps,
  command: CompareRun,
): { readonly add: (keys: readonly KeysOfSource[]) => Promise<void>; readonly end: () => Promise<void> } {
  let portion: KeysOfSource[] = [];
  const put = async (): Promise<void> => {
    const keys = portion;
    portion = [];
    await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tx.matchKeys.putPortion(command.runId, keys)),
    );
  };
  return {
    add: async (keys) => {
      portion.push(...keys);
      if (portion.length >= accountsPerPortion) await put();
    },
    end: async () => {
      await put();
      await deps.uow.run(command.tenantId, async (tx) => ok(await tx.matchKeys.forgetBefore(command.runId)));
    },
  };
}
