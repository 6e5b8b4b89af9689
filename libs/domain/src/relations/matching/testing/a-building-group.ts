import type { MatchRecord } from '../match-record.js';
import { aMatchRecord } from './a-match-record.js';

const beginnings = 'lum toz vel den gar mir pos kal bru sen fer wol dap nix hul ruv'.split(' ');
const endings = 'iri en lu zen ada ovi emma ist arno ula'.split(' ');
const trades = 'Glas|Staal|Leasing|Infra|Bouw|Schilders|Installatie|Dakwerken|Techniek|Transport'.split('|');
const surnames = 'Jansen|de Vries|Bakker|Visser|Smit|Meijer|de Boer|Mulder'.split('|');

/** A number from 0 up to `below`, the same for the same seed on every machine. */
export function aDice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The records in another order, by the seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const dice = aDice(seed);
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at -= 1) {
    const other = dice(at + 1);
    [rest[at], rest[other]] = [rest[other] as T, rest[at] as T]; // both places are inside
  }
  return rest;
}

/**
 * Companies as three administrations know them: invented names and usual ones, sister companies that a word of no list tells
 * apart ("Horeca"), an accountant's phone that many share, values left out, slips of the pen, legal forms dropped.
 */
export function aBuildingGroup(companies: number, seed: number): MatchRecord[] {
  const dice = aDice(seed);
  return Array.from({ length: companies }, (_, company) => {
    const name = nameOf(company, dice);
    const sites = { addressLine1: `Kade ${company % 97}`, postcode: `${1000 + (company % 800)} AB` };
    const both = [recordsOf({ company, name, sites }, dice)];
    if (company % 9 === 0)
      both.push(recordsOf({ company: companies + company, name: `${name} Horeca`, sites }, dice));
    return both.flat();
  }).flat();
}

function nameOf(company: number, dice: (below: number) => number): string {
  const trade = trades[dice(trades.length)] ?? '';
  if (company % 4 === 0) return `${surnames[dice(surnames.length)] ?? ''} ${trade}`;
  return `${beginnings[company % beginnings.length] ?? ''}${endings[dice(endings.length)] ?? ''}${company.toString(36)} ${trade}`;
}

function recordsOf(
  {
    company,
    name,
    sites,
  }: { company: number; name: string; sites: { addressLine1: string; postcode: string } },
  dice: (below: number) => number,
): MatchRecord[] {
  const maybe = <T>(value: T): T | null => (dice(3) === 0 ? null : value);
  return ['A', 'B', 'C'].slice(dice(2)).map((administrationId) => {
    const slip = dice(12) === 0 ? name.replace(/^(..)(.)(.)/, '$1$3$2') : name;
    return aMatchRecord({
      id: `${company}-${administrationId}`,
      administrationId,
      name: dice(4) === 0 ? slip : `${slip} B.V.`,
      kvk: maybe(String(90_100_000 + company * 37)),
      email: maybe(`info@f${company}.nl`),
      phone: company % 25 === 0 ? '0201234567' : maybe(`020${1_000_000 + company * 91}`),
      ...(dice(3) === 0 ? {} : sites),
      city: maybe('Zwolle'),
    });
  });
}
