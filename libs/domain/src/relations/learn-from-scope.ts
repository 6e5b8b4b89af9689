import { ok } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import { compareScope, keepLearnt, type World } from './compare-everything.js';
import { asideReason } from './matching/index.js';
import { storeKeys, type KeyStore } from './store-keys.js';

/**
 * Compares the accounts of the scope for what they teach of names and answers, and keeps that; what is found of them is found again later,
 * together with all others, whose keys are kept by then: where something was learnt, accounts are looked up by keys. `areKeysKept`: those
 * of all accounts are kept since an earlier run, and stay. Then what is learnt goes on being that run's: one that dies after this
 * knows by it that the keys are there.
 */
export async function learnFromScope(
  deps: CompareDeps,
  command: CompareRun,
  { areKeysKept, ...world }: World & { readonly areKeysKept: boolean },
): Promise<void> {
  const keys = areKeysKept ? noKeys : storeKeys(deps, command);
  await compareScope(deps, command, {
    ...world,
    keys,
    use: async (found) => {
      await keys.forgetEarlier();
      await deps.uow.run(command.tenantId, async (tx) => {
        const learntBy = areKeysKept ? await tx.matchModel.findRun() : undefined;
        await keepLearnt(tx, learntBy ?? command.runId, found);
        // Only a comparison of everything at once comes by all that are open.
        for (const [kind, learnt] of await tx.matchModel.findAside())
          await tx.proposals.setKindAside(kind, learnt.upTo, asideReason(kind, learnt));
        return ok(undefined);
      });
    },
  });
}

const noKeys: KeyStore = {
  add: async () => undefined,
  put: async () => undefined,
  forgetEarlier: async () => undefined,
};
