import type { Sandbox } from '@koppel/exact-sandbox';

/** Alike enough to be asked about and not to be merged unasked: one name, and nothing else that is shared. */
const pairs = [
  { Name: 'Timmerfabriek Oosterhof', here: '0318-551001', there: '0318-551002' },
  { Name: 'Steigerbouw Wildervank', here: '0318-551003', there: '0318-551004' },
] as const;

/** Accounts of two administrations that a person will say are the same, so that each merge has a value to write to the other one. */
export function askPairs({ world, edits }: Sandbox): void {
  const [first, second] = world.divisions;
  if (!first || !second) throw new Error('the world has too few administrations');
  for (const { Name, here, there } of pairs)
    for (const [division, Phone] of [
      [first, here],
      [second, there],
    ] as const) {
      const made = edits.create({ division: division.code, entity: 'crm/Accounts' }, { Name, Phone });
      if (!made.ok) throw new Error(`the sandbox refused an account: ${made.error.kind}`);
    }
}
