import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../schema/crm-entities.js';
import type { Row } from '../store/rows.js';
import { World } from '../world/world.js';
import { compileFilter } from './filter-compiler.js';
import { parseFilter } from './filter-parser.js';
import { Refusal } from './refusal.js';

const [division] = new World({ divisions: 1, relations: 10 }).divisions;
if (!division) throw new Error('a world has a division');

const account: Row = {
  $row: 5,
  $stamp: 1,
  $created: Date.UTC(2026, 0, 1),
  $modified: Date.UTC(2026, 5, 25, 14, 21, 4),
  $creator: 0,
  $modifier: 0,
  $account: -1,
  $code: 25,
  Name: "Bouwbedrijf 't Hof B.V.",
  City: 'Ede  ',
  Country: 'NL',
  Status: 'C',
  CreditLineSales: 1500.5,
  IsSupplier: true,
};
const holds = (filter: string): boolean =>
  compileFilter(parseFilter(filter), ACCOUNTS.fieldByName)(account, division);
const refusalOf = (filter: string): Refusal | undefined => {
  try {
    holds(filter);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
};

describe('$filter', () => {
  it.each([
    ["Name eq 'bouwbedrijf ''t hof b.v.'", 'strings compare without case; a doubled quote is a quote'],
    ["City eq 'Ede'", 'trailing blanks do not count'],
    ["trim(Code) eq '25'", 'trim makes a short code match'],
    ["Code eq '                25'", 'a padded code matches'],
    ["substringof('hof', Name) eq true", 'substringof compared with true'],
    ["substringof('hof', Name)", 'substringof alone'],
    ["startswith(Name,'Bouw') and endswith(Name,'B.V.')", 'and of functions'],
    ["tolower(City) eq 'ede' or City eq 'x'", 'or'],
    ["not (Status eq 'A')", 'not with parentheses'],
    ['CreditLineSales gt 1000 and CreditLineSales le 1500.5d', 'numbers, with a suffix'],
    ['IsSupplier eq true', 'booleans'],
    ['Email eq null', 'null'],
    ["Status eq 'C' or Status eq 'A' and City eq 'nowhere'", 'and binds closer than or'],
    ["Modified ge datetime'2026-06-25T16:21:04'", 'Modified is compared in Dutch wall time'],
    ["not (Modified gt datetime'2026-06-25T16:21:04')", 'and not in UTC'],
    ["Created gt datetime'2025-12-12T12:00'", 'a datetime without seconds'],
  ])('holds: %s (%s)', (filter) => {
    expect(holds(filter)).toBe(true);
  });

  it.each([
    ["Code eq '25'"],
    ['Email ne null'],
    ["Name eq 'Hof'"],
    ["AccountManager eq guid'00000000-0000-0000-0000-000000000000'"],
  ])('does not hold: %s', (filter) => {
    expect(holds(filter)).toBe(false);
  });

  it.each([
    ['Name eq'],
    ['Name'],
    ["Name eq 'x' and"],
    ["(Name eq 'x'"],
    ["Name = 'x'"],
    ['Name eq 5'],
    ["CreditLineSales eq '5'"],
    ["Modified gt datetime'yesterday'"],
    ["concat(Name,'x') eq 'y'"],
    ['substringof(Name) eq true'],
    [`${'('.repeat(100)}Name eq 'x'${')'.repeat(100)}`],
  ])('refuses as query syntax: %s', (filter) => {
    expect(refusalOf(filter)).toMatchObject({ status: 400, message: 'Error in query syntax.' });
  });

  it('refuses unknown properties and collections by name', () => {
    expect(refusalOf('IsCustomer eq true')).toMatchObject({ status: 400 });
    expect(refusalOf('BankAccounts eq null')?.message).toContain(
      'Filtering on these fields is not supported',
    );
  });
});
