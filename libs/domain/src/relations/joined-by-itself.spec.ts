import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAddress, aRelationsWorld, aSourceRelation, idOf } from '../testing/index.js';
import type { SharedValues } from './fields.js';

const administrations = 5;
const zonneveld = { name: 'Zonneveld Bouw', kvk: '99000021', phone: '0231234567' };
const klaver = { name: 'Klaver Interieur', kvk: '99000173', email: 'post@klaver.test' };
/** Goes by both names, has a value of each, and no number. */
const between = {
  name: 'Zonneveld Bouw h.o.d.n. Klaver Interieur',
  kvk: null,
  phone: zonneveld.phone,
  email: klaver.email,
};
const holding = { ...zonneveld, name: 'Zonneveld Bouw Holding B.V.', kvk: '99000460' };
const address = anAddress('Kade 9', '1234 AB', 'Zwolle');

/** One of the parties as an administration has it: any value but the name may be missing. */
const account = fc
  .record({
    party: fc.constantFrom(zonneveld, klaver, between, between, holding),
    lacks: fc.subarray(['kvk', 'phone', 'email'] as const),
    hasAddress: fc.boolean(),
  })
  .map(({ party, lacks, hasAddress }): Partial<SharedValues> => ({
    ...party,
    ...Object.fromEntries(lacks.map((field) => [field, null])),
    address: hasAddress ? address : null,
  }));
const history = fc.record({
  accounts: fc.array(account, { minLength: 3, maxLength: administrations }),
  /** How many are there at first; the others come by resyncs, one by one. */
  atFirst: fc.nat({ max: 3 }),
});

describe('what is joined by itself, at once and by resyncs', () => {
  it('never holds two KvK numbers, whatever lies between them', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ accounts, atFirst }) => {
        const world = aRelationsWorld(administrations);
        const sources = accounts.map((shared, at) =>
          aSourceRelation({
            id: idOf(at + 1),
            administrationId: world.companies[at]!.id, // there are as many
            shared,
          }),
        );
        await world.sync(sources.slice(0, atFirst), { runKind: 'initial' });
        for (const source of sources.slice(atFirst)) await world.sync([source]);

        const groups = Map.groupBy(world.links.all(), ({ relationId }) => relationId);
        for (const links of groups.values()) {
          const own = sources.filter(({ id }) => links.some((link) => link.sourceRelationId === id));
          const numbers = own.map(({ fields }) => fields.shared.kvk).filter((kvk) => kvk !== null);
          expect(new Set(numbers).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
