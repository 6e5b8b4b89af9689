import { ok } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import { compareScope, keepLearnt, type World } from './compare-everything.js';
import { asideReason, type LearntNames } from './matching/index.js';
import { readLearnt } from './neighbours.js';
import { storeKeys, type KeyStore } from './store-keys.js';

/**
 * Compares the accounts of the scope for what they teach of answers, and keeps that beside what all accounts teach of `names`; what is found of
 * them is found again later, together with all others, whose keys are kept by then: where something was learnt, accounts are looked up by
 * keys. Without names an earlier run has kept the keys of all and learnt the names. Both stay then, and what is learnt goes on being that run's: one
 * that dies after this knows by it that the keys are there.
 */
export async function learnFromScope(
  deps: CompareDeps,
  command: CompareRun,
  { names, ...world }: World & { readonly names: LearntNames | null },
): Promise<void> {
  const keys = names ? storeKeys(deps, command) : noKeys;
  await compareScope(deps, command, {
    ...world,
    keys,
    use: async (found) => {
      await keys.forgetEarlier();
      await deps.uow.run(command.tenantId, async (tx) => {
        const learntBy = names ? command.runId : await tx.matchModel.findRun();
        const { stems, words, groupWords } = names ?? (await readLearnt(tx));
        const learnt = { ...found.findings.learnt, stems, words, groupWords };
        await keepLearnt(tx, learntBy ?? command.runId, { learnt, said: found.said });
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
