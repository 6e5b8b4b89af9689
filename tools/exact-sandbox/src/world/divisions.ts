import type { Random } from '../random.js';
import type { DivisionProfile } from '../store/division.js';
import { companyVat, kvkNumber } from './identifiers.js';

/** How big a world is; the same options and seed give the same world. */
export interface WorldOptions {
  readonly seed?: number;
  /** Administrations that the demo user may open, 1 to 50. */
  readonly divisions?: number;
  /** Relations per administration; absent = 300 to 600 each. */
  readonly relations?: number;
  /** Contact persons per relation, 0 to 2. */
  readonly contacts?: number;
  /** Administrations with status 2 (archived) that the demo user may open. */
  readonly archived?: number;
  /** Value at which row versions start; above 2^53 it shows who reads them as numbers. */
  readonly rowVersionBase?: bigint;
}

export const DIVISIONS_MAX = 50;
export const RELATIONS_MAX = 20_000;

/** Numbers that own companies take, out of reach of the parties' numbers. */
const OWN_NUMBER_FIRST = 1_900_001;
const FIRST_CODE = 3_412_001;
const CLOSED_CODE = 3_412_090;
const ARCHIVED_CODE_FIRST = 3_411_001;
const PREMIUM_CODE = 10_000_017;
const OWN_CODE = 1_265_594;

const COMPANIES = [
  'Bouw',
  'Onderhoud & Renovatie',
  'Vastgoed',
  'Materieel',
  'Infra',
  'Installatie',
  'Projectontwikkeling',
  'Prefab',
  'Interieur',
  'Services',
];

/** One administration of the world before it is filled. */
export interface PlannedDivision {
  readonly profile: DivisionProfile;
  readonly relations: number;
  readonly isOpenToDemoUser: boolean;
  readonly isArchived: boolean;
}

/** The builder's group: its administrations, one that the demo user may not open, and archived ones on request. */
export function planDivisions(
  options: WorldOptions,
  random: Random,
  today: number,
): readonly PlannedDivision[] {
  const count = within(options.divisions ?? 4, { name: 'divisions', low: 1, high: DIVISIONS_MAX });
  const archived = within(options.archived ?? 0, { name: 'archived', low: 0, high: DIVISIONS_MAX });
  const size = (): number =>
    within(options.relations ?? 300 + random.int(301), { name: 'relations', low: 10, high: RELATIONS_MAX });
  const planned: PlannedDivision[] = [];
  for (let i = 0; i < count; i += 1) {
    const code = i === count - 1 && count > 1 ? PREMIUM_CODE : FIRST_CODE + i;
    const profile = profileOf({ code, index: i, description: companyName(i), today });
    planned.push({ profile, relations: size(), isOpenToDemoUser: true, isArchived: false });
  }
  const closed = profileOf({ code: CLOSED_CODE, index: count, description: 'Van Dijk Directie B.V.', today });
  planned.push({ profile: closed, relations: 40, isOpenToDemoUser: false, isArchived: false });
  for (let i = 0; i < archived; i += 1) {
    const description = `Van Dijk ${COMPANIES[i % COMPANIES.length] ?? 'Bouw'} (t/m 2019)`;
    const profile = profileOf({ code: ARCHIVED_CODE_FIRST + i, index: count + 1 + i, description, today });
    planned.push({ profile, relations: 40, isOpenToDemoUser: true, isArchived: true });
  }
  return planned;
}

function companyName(index: number): string {
  const word = COMPANIES[index % COMPANIES.length] ?? 'Bouw';
  const round = Math.floor(index / COMPANIES.length);
  return `Van Dijk ${word}${round === 0 ? '' : ` ${round + 1}`} B.V.`;
}

function profileOf(facts: {
  readonly code: number;
  readonly index: number;
  readonly description: string;
  readonly today: number;
}): DivisionProfile {
  const { code, index, description, today } = facts;
  const year = new Date(today).getUTCFullYear();
  return {
    code,
    hid: index + 1,
    description,
    kvk: kvkNumber(OWN_NUMBER_FIRST + index),
    vatNumber: companyVat(OWN_NUMBER_FIRST + index),
    street: `Nijverheidsweg ${12 + index * 2}`,
    postcode: '3771 ME',
    city: 'Barneveld',
    phone: '0342-550110',
    email: 'administratie@vandijkgroep.example',
    createdAt: Date.UTC(2016, index % 12, 1 + (index % 27), 8),
    isMain: index === 0,
    codeLength: code === PREMIUM_CODE ? 7 : 0,
    closedBefore: Date.UTC(year - 1, 0, 1),
    customerRow: 0,
    customerCode: OWN_CODE,
    customerName: 'Bouwgroep Van Dijk',
  };
}

/** A smaller world than was asked for would make figures that nobody measured. */
function within(
  value: number,
  { name, low, high }: { readonly name: string; readonly low: number; readonly high: number },
): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${name}: a whole number from ${low} to ${high}, not ${value}`);
}
