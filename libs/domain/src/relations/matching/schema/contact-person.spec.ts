import { describe, expect, it } from 'vitest';
import golden from '../golden/contact-persons.json' with { type: 'json' };
import { clusterBySchema, type SchemaVerdict } from './cluster-by-schema.js';
import { contactPersonSchema } from './contact-person.js';
import type { SchemaRow } from './record-table.js';

/** `auto`: joined by itself; `final`: joined when nobody can be asked; `apart`: never joined. */
interface GoldenContacts {
  case: string;
  a: SchemaRow;
  b: SchemaRow;
  verdict: string;
}

const firsts = ['Anna', 'Bram', 'Carla', 'Daan', 'Elsa', 'Freek', 'Greet', 'Hugo', 'Ilse', 'Jan'];
const lasts = ['Bakker', 'Mulder', 'Dekker', 'Hoekstra', 'Kuipers', 'Wolters', 'Jansen', 'Vermeer'];

/** Eighty contacts, ten of each company with its mailbox for two of them; every third is in both administrations. */
const others: SchemaRow[] = lasts.flatMap((last, l) =>
  firsts.flatMap((first, f) => {
    const company = `${lasts[(l + f) % lasts.length] ?? ''} Bouw`;
    const host = `${company.slice(0, 4).toLowerCase()}bouw.nl`;
    const row = {
      id: `o${l}${f}`,
      administration: 'A',
      firstName: first,
      initials: `${first.slice(0, 1)}.`,
      lastName: last,
      birthDate: `19${60 + ((f * 7 + l) % 40)}-0${1 + l}-1${f}`,
      email: f < 2 ? `info@${host}` : `${first}.${last}@${host}`.toLowerCase(),
      phone: `030-2${(l + f) % lasts.length}34500`,
      mobile: `06-2${f}${l}45${l}${f}1`,
      relation: company,
    };
    return (l + f) % 3 === 0 ? [row, { ...row, id: `p${l}${f}`, administration: 'B' }] : [row];
  }),
);

function isJoined(pair: GoldenContacts, band: 'auto' | 'final'): boolean {
  const rows = [
    ...others,
    { ...pair.a, id: 'a', administration: 'A' },
    { ...pair.b, id: 'b', administration: 'B' },
  ];
  const clusters = clusterBySchema(contactPersonSchema, rows, { band });
  const clusterOf = (id: string): string | undefined => clusters.find((row) => row.id === id)?.cluster;
  return clusterOf('a') === clusterOf('b');
}

describe('contact persons', () => {
  it.each(golden as GoldenContacts[])('$case: $verdict', (pair) => {
    expect({ auto: isJoined(pair, 'auto'), final: isJoined(pair, 'final') }).toEqual({
      auto: pair.verdict === 'auto',
      final: pair.verdict !== 'apart',
    });
  });

  const family = {
    lastName: 'Strootman',
    email: 'familie@strootman.nl',
    phone: '0303392211',
    mobile: '0612340987',
    relation: 'Strootman Dakwerken',
  };

  it('with two given names are a question, however much else agrees, and the verdict says why', () => {
    const verdicts: SchemaVerdict[] = [];
    const rows = [
      ...others,
      { ...family, id: 'a', administration: 'A', firstName: 'Willem' },
      { ...family, id: 'b', administration: 'B', firstName: 'Bastiaan' },
    ];
    clusterBySchema(contactPersonSchema, rows, { band: 'auto', onVerdict: (own) => verdicts.push(own) });

    const verdict = verdicts.find(({ a, b }) => a === 'a' && b === 'b');
    expect(verdict).toMatchObject({ band: 'final', contradictions: ['given'] });
    expect(verdict?.score).toBeGreaterThan(10);
  });

  it('with two given names do not come together by way of a third without one', () => {
    const rows = [
      ...others,
      { ...family, id: 'a', administration: 'A', firstName: 'Willem' },
      { ...family, id: 'b', administration: 'B' },
      { ...family, id: 'c', administration: 'C', firstName: 'Bastiaan' },
    ];
    const clusterOf = new Map(
      clusterBySchema(contactPersonSchema, rows, { band: 'auto' }).map((row) => [row.id, row.cluster]),
    );

    expect(clusterOf.get('a')).not.toBe(clusterOf.get('c'));
    expect([clusterOf.get('a'), clusterOf.get('c')]).toContain(clusterOf.get('b'));
  });

  it('are joined with themselves in the other administration, and with nobody else', () => {
    const clusters = clusterBySchema(contactPersonSchema, others, { band: 'auto' });

    expect(clusters.filter(({ id }) => id.startsWith('p')).map(({ id, cluster }) => [id, cluster])).toEqual(
      others
        .filter(({ id }) => id?.startsWith('p'))
        .map(({ id = '' }) => [id, id.replace('p', 'o')])
        .sort(),
    );
    expect(Math.max(...clusters.map(({ size }) => size))).toBe(2);
  });
});
