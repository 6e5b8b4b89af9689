import { aCompany, aPerson, companyName, personName, type Stage } from './company.js';
import { Dice } from './dice.js';
import type { LabelledRow, Party, PartyValues, Scene } from './party.js';
import { Registry } from './registry.js';
import { leaveOut, spellName, spellNumbers } from './slips.js';
import {
  buildingGroup,
  countries,
  family,
  fiscalUnity,
  franchise,
  ownersAssociations,
  series,
} from './traps-groups.js';
import {
  accountant,
  branches,
  businessCentre,
  chain,
  collective,
  converted,
  factoring,
  namesakes,
  neighbours,
  otherForm,
  successor,
  tradeName,
} from './traps-shared.js';
import { likeWords, townDaughter, unlistedGroup, unusualSeries } from './traps-unlisted.js';

export interface GroupsOptions {
  readonly rows: number;
  readonly seed: number;
  /** Also groups and series by unusual words, most of which no list of the product has; some 12 % of the rows. */
  readonly hasUnlisted?: boolean;
  /** Companies of the builder that each keep their own books. */
  readonly administrations?: number;
}

const ordinary = (stage: Stage): Scene => ({
  tag: '',
  parties: [stage.dice.chance(0.9) ? aCompany(stage, companyName(stage)) : aPerson(stage, personName(stage))],
});

/** How often each scene is played. */
const repertoire: readonly (readonly [number, (stage: Stage) => Scene])[] = [
  [700, ordinary],
  [45, buildingGroup],
  [8, fiscalUnity],
  [25, series],
  [20, franchise],
  [30, family],
  [8, countries],
  [10, ownersAssociations],
  [12, accountant],
  [8, businessCentre],
  [5, factoring],
  [15, converted],
  [12, successor],
  [15, otherForm],
  [20, namesakes],
  [10, neighbours],
  [15, branches],
  [15, tradeName],
  [12, chain],
  [2, collective],
];
const unlisted: typeof repertoire = [
  ...repertoire,
  [30, unlistedGroup],
  [20, likeWords],
  [12, townDaughter],
  [20, unusualSeries],
];

/**
 * Rows of relations of a group of builders, with the party that each stands for: any number, always the same for one seed,
 * one at a time. Rows of one party stand near each other; their ids do not tell.
 */
export function* dutchGroups({
  rows,
  seed,
  hasUnlisted = false,
  administrations = 8,
}: GroupsOptions): Generator<LabelledRow> {
  const dice = new Dice(seed);
  const stage = { dice, registry: new Registry(dice) };
  let made = 0;
  for (let entity = 0; made < rows;) {
    const scene = playScene(stage, hasUnlisted ? unlisted : repertoire);
    for (const party of scene.parties) {
      entity++;
      for (const { administration, values } of recordsOf(party, dice, administrations)) {
        if (made === rows) return;
        yield { ...values, id: idOf(made++, seed), administration, entity: `e${entity}`, tag: scene.tag };
      }
    }
  }
}

function playScene(stage: Stage, scenes: typeof repertoire): Scene {
  let left = stage.dice.next() * scenes.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, scene] of scenes) {
    left -= weight;
    if (left < 0) return scene(stage);
  }
  return ordinary(stage);
}

interface PartyRecord {
  readonly administration: string;
  readonly values: PartyValues;
}

function* recordsOf(party: Party, dice: Dice, administrations: number): Generator<PartyRecord> {
  const numbers = Array.from({ length: administrations }, (_, at) => String(at + 1));
  const homes = dice.several(numbers, party.isAlone ? 1 : spread(dice, administrations));
  // Now and then somebody did not look before adding a relation.
  const [first] = homes;
  if (!party.isAlone && first !== undefined && dice.chance(0.03)) homes.push(first);
  for (const administration of homes) yield { administration, values: written(party, dice) };
  for (const fixed of party.fixed ?? [])
    yield { administration: dice.pick(numbers), values: { ...party.values, ...fixed } };
}

// Most suppliers are known to one or two companies of the group, a few to all.
function spread(dice: Dice, administrations: number): number {
  const share = dice.next();
  if (share < 0.45) return 1;
  if (share < 0.72) return 2;
  if (share < 0.87) return 3;
  return dice.between(4, Math.max(4, administrations));
}

function written(party: Party, dice: Dice): PartyValues {
  const chosen = { ...party.values, ...dice.pick(party.variants ?? [{}]) };
  const kept = party.isAlone ? chosen : leaveOut(dice, chosen, party.keeps);
  return spellNumbers(dice, { ...kept, name: spellName(dice, kept.name) });
}

// A walk through all numbers of 32 bits: every id once, and none tells its neighbour.
function idOf(row: number, seed: number): string {
  const mixed = (Math.imul(row + seed * 7_919 + 1, 0x9e3779b1) >>> 0).toString(36);
  return `r${mixed.padStart(7, '0')}`;
}
