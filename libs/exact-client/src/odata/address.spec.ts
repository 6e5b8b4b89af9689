import { describe, expect, it } from 'vitest';
import { ExactError } from '../errors.js';
import { assertOwn, divisionUrl } from './address.js';
import { literal, paddedCode } from './literals.js';
import { linkOf, nextAfter, PAGES_MAX } from './next-link.js';

const base = 'https://start.exactonline.nl';

function kindOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as ExactError).kind;
  }
}

describe('divisionUrl', () => {
  it('E06 always has the division in its path, and encodes what a filter holds', () => {
    const url = divisionUrl({ baseUrl: base, division: 900002 }, 'crm/Accounts', {
      $select: 'ID,Name',
      $filter: `Name eq ${literal.text("'t Hart & Zn +")}`,
    });

    expect(url).toBe(
      `${base}/api/v1/900002/crm/Accounts?$select=ID%2CName&$filter=Name%20eq%20'''t%20Hart%20%26%20Zn%20%2B'`,
    );
    expect(new URL(url).searchParams.get('$filter')).toBe("Name eq '''t Hart & Zn +'");
  });

  it.each([0, -1, 1.5, Number.NaN])('E06 refuses the division %s', (division) => {
    expect(kindOf(() => divisionUrl({ baseUrl: base, division }, 'crm/Accounts'))).toBe('validation');
  });

  it('refuses an address that Exact would not take', () => {
    expect(
      kindOf(() =>
        divisionUrl({ baseUrl: base, division: 1 }, 'crm/Accounts', { $filter: 'x'.repeat(6_000) }),
      ),
    ).toBe('validation');
  });
});

describe('literals', () => {
  it('pads a code to 18, since an unpadded filter matches nothing', () => {
    expect(paddedCode('25')).toBe('                25');
    expect(paddedCode(' 25 ')).toHaveLength(18);
  });

  it.each([
    ['guid', "3f2504e0-4f89-11d3-9a0c-0305e82c3301' or true eq true or ID eq guid'"],
    ['int64', '1 or true'],
    ['datetime', '2024-07-03T12:00:00Z'],
    ['datetime', '2024-07-03'],
    ['text', 'a\0b'],
  ] as const)('%s refuses %j', (kind, value) => {
    expect(kindOf(() => literal[kind](value))).toBe('validation');
  });

  it('E10 keeps a row version digit for digit', () => {
    expect(literal.int64('9007199254740993')).toBe('9007199254740993L');
  });
});

describe('assertOwn', () => {
  it.each([`${base}/api/v1/900002/crm/Accounts?$skiptoken=guid'x'`, `${base}/API/V1/900002/CRM/Accounts`])(
    'takes %s',
    (url) => {
      expect(kindOf(() => assertOwn(base, url, 900002))).toBeUndefined();
    },
  );

  it.each([
    'https://evil.example/api/v1/900002/crm/Accounts',
    'http://start.exactonline.nl/api/v1/900002/crm/Accounts',
    'https://start.exactonline.nl:444/api/v1/900002/crm/Accounts',
    'https://start.exactonline.nl.evil.example/api/v1/900002/x',
    'https://user:pw@start.exactonline.nl/api/v1/900002/x',
    `${base}/api/v1/900003/crm/Accounts`,
    `${base}/api/v1/9000021/crm/Accounts`,
    `${base}/api/v1/900002/../900003/crm/Accounts`,
    `${base}/docs/Login.aspx`,
    '/api/v1/900002/crm/Accounts',
    'not a url',
  ])('F37 refuses %s', (url) => {
    expect(kindOf(() => assertOwn(base, url, 900002))).toBe('foreign-link');
  });
});

describe('next links', () => {
  const link = (n: number) => `${base}/api/v1/1/crm/Accounts?$skiptoken=${n}`;

  it("gives Exact's link back verbatim", () => {
    expect(linkOf(nextAfter(link(0), link(1)))).toBe(link(1));
  });

  it('F37 sees a page that points to itself', () => {
    expect(kindOf(() => nextAfter(link(1), link(1)))).toBe('loop');
  });

  it.each([2, 3, 7])('F37 sees a ring of %i pages at the first repeat', (size) => {
    let next = link(0);
    let followed = 0;
    const kind = kindOf(() => {
      for (followed = 1; followed < 100; followed += 1) next = nextAfter(next, link(followed % size));
    });

    expect(kind).toBe('loop');
    expect(followed).toBe(size);
  });

  it('F37 ends a read without end', () => {
    let next = link(0);
    let followed = 0;
    const kind = kindOf(() => {
      for (followed = 1; ; followed += 1) next = nextAfter(next, link(followed));
    });

    expect(kind).toBe('loop');
    expect(followed).toBe(PAGES_MAX);
  });

  it('lets the same page be asked for again after a crash', () => {
    const stored = nextAfter(nextAfter(link(0), link(1)), link(2));

    expect(nextAfter(stored, link(3))).toBe(nextAfter(stored, link(3)));
  });
});
