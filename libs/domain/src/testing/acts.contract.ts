import { beforeEach, describe, expect, it } from 'vitest';
import { newAct, type Acts } from '../history/index.js';
import { asId, type ActionId, type IssueId } from '../kernel/index.js';

const text = (last: string) => `00000000-0000-7000-8000-${last.padStart(12, '0')}`;
const actionId = (last: string) => asId<ActionId>(text(last));
const issueId = (last: string) => asId<IssueId>(text(last));
const actor = { id: 'u1', name: 'Anna', kind: 'person' } as const;
const now = () => new Date('2026-11-25T10:00:00Z');

function ignoring(name: string, issue: string) {
  const facts = { issueId: issueId(issue), reason: 'klopt zo' };
  return newAct(
    { now, newId: () => text(name) },
    { kind: 'ignore-issue', administrationId: null, facts, actor },
  );
}

/** What every adapter of Acts does. `make` gives one without acts. */
export function describeActsContract(make: () => Promise<Acts>): void {
  describe('Acts', () => {
    let acts: Acts;
    beforeEach(async () => {
      acts = await make();
    });

    it('keep what was done, by whom and when', async () => {
      const act = { ...ignoring('a1', 'b1'), batchId: text('ba') };
      await acts.add(act);
      expect(await acts.findById(act.id)).toEqual(act);
      expect(await acts.findById(actionId('dead'))).toBeUndefined();
      expect(await acts.findByIdForUpdate(act.id)).toEqual(act);
      expect(await acts.findByIdForUpdate(actionId('dead'))).toBeUndefined();
    });

    it('are undone once, and only those about the same issue', async () => {
      const [one, other] = [ignoring('c1', 'b1'), ignoring('c2', 'b2')];
      await acts.add(one);
      await acts.add(other);

      const of = { kind: 'ignore-issue', issueId: issueId('b1') } as const;
      await acts.markUndone(of, actionId('a3'));
      await acts.markUndone(of, actionId('a4'));

      expect((await acts.findByIdForUpdate(one.id))?.undoneBy).toBe(text('a3'));
      expect((await acts.findByIdForUpdate(other.id))?.undoneBy).toBeNull();
    });
  });
}
