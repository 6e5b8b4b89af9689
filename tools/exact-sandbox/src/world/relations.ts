import type { Random } from '../random.js';
import type { Division } from '../store/division.js';
import type { Row } from '../store/rows.js';
import { insertRow } from '../store/insert.js';
import type { Observation } from './observe.js';
import { slug, type Party } from './party.js';
import { phone, postbox } from './places.js';
import { writtenPhone } from './variants.js';
import { JOB_TITLES } from './vocabulary.js';

/** One relation to be put into an administration. */
export interface NewRelation {
  readonly party: Party;
  readonly observation: Observation;
  readonly at: number;
  /** Contact persons per relation on average. */
  readonly contacts: number;
  /** The code of a copied relation; absent = the next free one. */
  readonly code?: number;
  /** Marks copies and doubles for the statistics of a world. */
  readonly mark?: string;
}

/** Adds an account with its addresses, contact persons and bank account. */
export function addRelation(division: Division, random: Random, relation: NewRelation): Row {
  const { party, observation, at } = relation;
  const code = relation.code ?? division.nextAccountCode;
  division.nextAccountCode = Math.max(division.nextAccountCode, code + 1);
  const account = insertRow(
    division,
    'Accounts',
    { at, user: 0 },
    {
      $code: code,
      $party: party.id,
      $mark: relation.mark ?? party.trap,
      ...observation,
      MainContact: undefined,
    },
  );
  addAddresses(division, random, account, party);
  addContacts(division, random, account, relation);
  addBankAccount(division, random, account, party);
  return account;
}

function addAddresses(division: Division, random: Random, account: Row, party: Party): void {
  const facts = { at: account.$created, user: 0, account: account.$row };
  if (typeof account.AddressLine1 === 'string') {
    insertRow(division, 'Addresses', facts, {
      Type: 1,
      Main: true,
      AddressLine1: account.AddressLine1,
      Postcode: account.Postcode,
      City: account.City,
      Country: 'NL',
    });
  }
  const dice = random.next();
  if (dice >= 0.22 || party.kind === 'person') return;
  const where = dice < 0.15 ? postbox(random, party.place.city) : party.place;
  insertRow(division, 'Addresses', facts, {
    Type: dice < 0.15 ? 2 : dice < 0.19 ? 4 : 3,
    Main: true,
    AddressLine1: `${where.street} ${where.number}`,
    Postcode: where.postcode,
    City: where.city.name,
    Country: 'NL',
  });
}

function addContacts(
  division: Division,
  random: Random,
  account: Row,
  { party, contacts }: NewRelation,
): void {
  const count = Math.floor(contacts) + (random.chance(contacts % 1) ? 1 : 0);
  for (let i = 0; i < count; i += 1) {
    const isFirst = i === 0;
    const firstName = isFirst ? party.firstName : `${party.firstName.slice(0, 1)}.`;
    const row = insertRow(
      division,
      'Contacts',
      { at: account.$created, user: 0, account: account.$row },
      {
        FirstName: firstName,
        MiddleName: party.prefix === '' ? undefined : party.prefix,
        LastName: isFirst ? party.lastName : `${party.lastName}-Bakker`,
        Email: random.chance(0.6) ? contactMail(party, isFirst) : undefined,
        Phone: random.chance(0.4) ? writtenPhone(party.phone, random) : undefined,
        Mobile: random.chance(0.4)
          ? writtenPhone(`06${phone(random, party.place.city).slice(2)}`, random)
          : undefined,
        JobTitleDescription: party.kind === 'person' ? undefined : random.pick(JOB_TITLES),
        StartDate: account.StartDate,
        HID: division.nextContactNumber,
      },
    );
    division.nextContactNumber += 1;
    if (isFirst) account.MainContact = row.$row;
  }
}

function contactMail(party: Party, isFirst: boolean): string {
  const at = party.email.indexOf('@');
  const local = isFirst ? slug(`${party.firstName.slice(0, 1)}.${party.lastName}`) : 'planning';
  return `${local}${party.email.slice(at)}`;
}

function addBankAccount(division: Division, random: Random, account: Row, party: Party): void {
  if (!random.chance(account.IsSupplier === true ? 0.7 : 0.2)) return;
  const bank = insertRow(
    division,
    'BankAccounts',
    { at: account.$created, user: 0, account: account.$row },
    {
      BankAccount: party.iban,
      Main: true,
      BankAccountHolderName: party.name.slice(0, 50),
      BICCode: 'TESTNL2A',
    },
  );
  bank.Description = undefined;
}
