import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type Actor, type SyncRunId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { decideProposal } from './decide-proposal.js';
import { shownVersion } from './proposal.js';
import type { SourceRelation } from './source-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
/** Companies that moved, known by one account; twenty of them are found to be one, which releases the others. */
const movedCount = 24;
const answeredCount = 20;
/** Companies that one KvK number makes certain: one in a thousand of what joins may be wrong. */
const certainCount = 240;
const syllables = 'ba ke li mo nu ra se ti vo wu za de'.split(' ');
const towns = [
  ['Dorpsstraat', '3811AB', 'Amersfoort'],
  ['Havenkade', '9711CD', 'Groningen'],
  ['Molenweg', '5611EF', 'Eindhoven'],
] as const;
/** More accounts than are compared at once; both administrations that were there first are learnt from. */
const few = { allUpTo: 100, elseUpTo: 600, perLookUp: 50, perParty: 100 };

function nameOf(number: number): string {
  const at = (place: number): string => syllables[Math.floor(number / 12 ** place) % 12] ?? '';
  return `${at(0)}${at(1)}${at(2)}x${at(0)}${at(2)} B.V.`;
}

// Account numbers that pass mod 97.
function iban(number: number): string {
  const account = String(1_000_000_000 + number * 7_919);
  const rest = BigInt(`10231011${account}232100`) % 97n; // ANAB, account, NL, 00
  return `NL${String(98n - rest).padStart(2, '0')}ANAB${account}`;
}

describe('an addition to more accounts than are compared at once', () => {
  let world: RelationsWorld;
  beforeEach(async () => {
    world = aRelationsWorld(3);
    const certain = Array.from({ length: certainCount }, (_, n) =>
      [0, 1].map((company) =>
        account(movedCount + n, company, { kvk: String(30_000_017 + n * 31), address: null }),
      ),
    );
    await sync(
      [...Array.from({ length: movedCount }, (_, n) => [moved(n, 0), moved(n, 1)]), ...certain].flat(),
    );
  });

  const account = (number: number, company: number, shared: Partial<SourceRelation['fields']['shared']>) =>
    aSourceRelation({
      id: idOf(10 * number + company),
      administrationId: world.companies[company]!.id, // there are three
      shared: { name: nameOf(number), ...shared },
    });
  const moved = (number: number, company: number) => {
    const [street, postcode, city] = towns[company]!; // as many
    return account(number, company, { address: anAddress(`${street} ${number + 1}`, postcode, city) });
  };

  function sync(sources: readonly SourceRelation[], runKind: 'initial' | 'addition' = 'initial') {
    const ibans = Object.fromEntries(
      sources.map(({ id }) => [id, [iban(Math.floor(Number(id.slice(-12)) / 10))]]),
    );
    return world.sync(sources, { runKind, accountsAtOnce: few, ibans });
  }

  async function answer(count: number): Promise<void> {
    for (const proposal of world.proposals.open().slice(0, count)) {
      const relations = await world.relations.findMany([proposal.relationA, proposal.relationB]);
      const decided = await decideProposal(world.deps, {
        ...{ tenantId: world.tenantId, proposalId: proposal.id, verdict: 'same', actor: anna },
        version: shownVersion(proposal, relations),
      });
      if (!decided.ok) throw new Error(decided.error.kind);
    }
  }

  it('joins by what persons answered since', async () => {
    expect(world.proposals.open()).toHaveLength(movedCount);
    await answer(answeredCount);

    const counts = await sync([moved(0, 2), moved(1, 2)], 'addition');

    expect(counts).toMatchObject({ created: 2, relations: 0, mergedAutomatically: 2, asked: 0 });
  });

  it('asks where nobody has answered', async () => {
    const counts = await sync([moved(0, 2)], 'addition');

    expect(counts).toMatchObject({ created: 1, relations: 1, mergedAutomatically: 0 });
  });

  it("keeps the keys of the run that kept them all, and what was learnt as that run's", async () => {
    await answer(answeredCount);
    const first = await world.matchModel.findRun();

    await sync([moved(0, 2)], 'addition');

    expect(await world.matchModel.findRun()).toBe(first);
    expect(first).toBe(asId<SyncRunId>(`00000000-0000-7000-8000-00000000f001`));
    expect((await world.matchModel.find())?.released).toEqual({
      'hold-other-address': expect.any(Number) as number,
    });
    expect(await sync([moved(1, 2)], 'addition')).toMatchObject({ mergedAutomatically: 1 });
  });
});

it('tells before accounts are compared party by party, also where nothing is learnt before', async () => {
  const world = aRelationsWorld(2);
  const one = (id: number, company: number) =>
    aSourceRelation({ id: idOf(id), administrationId: world.companies[company]!.id }); // there are two
  const told: string[] = [];
  const sync = (id: number, runKind: 'initial' | 'addition', allUpTo: number) =>
    world.sync([one(id, id)], {
      ...{ runKind, accountsAtOnce: { ...few, allUpTo }, beforeParties: () => void told.push(runKind) },
    });

  await sync(0, 'initial', 10);
  expect(told).toEqual([]);
  await sync(1, 'addition', 0);
  expect(told).toEqual(['addition']);
});

describe('a first coupling of more accounts than are compared at once', () => {
  it('learns names from all of them', async () => {
    const world = aRelationsWorld(2);
    const families = ['Lumiri Glas', 'Tozen Staal', 'Vellu Leasing', 'Denzen Infra'];
    const second = families.flatMap((name, n) =>
      ['', ' Horeca'].map((word, at) =>
        aSourceRelation({
          id: idOf(100 + 2 * n + at),
          administrationId: world.companies[1]!.id, // there are two
          shared: {
            name: `${name}${word} B.V.`,
            kvk: `990000${n}${at}`,
            address: anAddress(`Kade ${n + 1}`, '1234AB', 'Voorbeeldstad'),
          },
        }),
      ),
    );
    const first = aSourceRelation({ id: idOf(1), administrationId: world.companies[0]!.id }); // as above

    await world.sync([first, ...second], {
      ...{ runKind: 'initial', accountsAtOnce: { allUpTo: 5, elseUpTo: 2, perLookUp: 5, perParty: 10 } },
    });

    expect((await world.matchModel.find())?.groupWords).toEqual(['horeca']);
  });
});
