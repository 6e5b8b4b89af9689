import type { Random } from '../random.js';
import type { Division, TableName } from '../store/division.js';
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
  return new RelationWriter(division, random, relation).add();
}

class RelationWriter {
  constructor(
    private readonly division: Division,
    private readonly random: Random,
    private readonly relation: NewRelation,
  ) {}

  add(): Row {
    const { party, observation } = this.relation;
    const code = this.relation.code ?? this.division.nextAccountCode;
    this.division.nextAccountCode = Math.max(this.division.nextAccountCode, code + 1);
    const facts = { $code: code, $party: party.id, $mark: this.relation.mark ?? party.trap };
    const account = this.insert('Accounts', { ...facts, ...observation, MainContact: undefined });
    this.addAddresses(account);
    this.addContacts(account);
    this.addBankAccount(account);
    return account;
  }

  private insert(table: TableName, values: Observation, account = -1): Row {
    return insertRow(this.division, table, { at: this.relation.at, user: 0, account, values });
  }

  private addAddresses(account: Row): void {
    const { AddressLine1, Postcode, City } = account;
    const fixed = { Main: true, Country: 'NL' };
    if (typeof AddressLine1 === 'string') {
      this.insert('Addresses', { Type: 1, ...fixed, AddressLine1, Postcode, City }, account.$row);
    }
    const { party } = this.relation;
    const dice = this.random.next();
    if (dice >= 0.22 || party.kind === 'person') return;
    const where = dice < 0.15 ? postbox(this.random, party.place.city) : party.place;
    const second = {
      AddressLine1: `${where.street} ${where.number}`,
      Postcode: where.postcode,
      City: where.city.name,
    };
    this.insert(
      'Addresses',
      { Type: dice < 0.15 ? 2 : dice < 0.19 ? 4 : 3, ...fixed, ...second },
      account.$row,
    );
  }

  private addContacts(account: Row): void {
    const { contacts } = this.relation;
    const count = Math.floor(contacts) + (this.random.chance(contacts % 1) ? 1 : 0);
    for (let i = 0; i < count; i += 1) {
      const row = this.insert('Contacts', this.contact(account, i === 0), account.$row);
      if (i === 0) account.MainContact = row.$row;
    }
  }

  private contact(account: Row, isFirst: boolean): Observation {
    const { division, random } = this;
    const { party } = this.relation;
    const number = division.nextContactNumber;
    division.nextContactNumber += 1;
    const mobile = (): string => writtenPhone(`06${phone(random, party.place.city).slice(2)}`, random);
    return {
      FirstName: isFirst ? party.firstName : `${party.firstName.slice(0, 1)}.`,
      MiddleName: party.prefix === '' ? undefined : party.prefix,
      LastName: isFirst ? party.lastName : `${party.lastName}-Bakker`,
      Email: random.chance(0.6) ? contactMail(party, isFirst) : undefined,
      Phone: random.chance(0.4) ? writtenPhone(party.phone, random) : undefined,
      Mobile: random.chance(0.4) ? mobile() : undefined,
      JobTitleDescription: party.kind === 'person' ? undefined : random.pick(JOB_TITLES),
      StartDate: account.StartDate,
      HID: number,
    };
  }

  private addBankAccount(account: Row): void {
    const { iban, name } = this.relation.party;
    if (!this.random.chance(account.IsSupplier === true ? 0.7 : 0.2)) return;
    const holder = { BankAccountHolderName: name.slice(0, 50), BICCode: 'TESTNL2A' };
    this.insert('BankAccounts', { BankAccount: iban, Main: true, ...holder }, account.$row);
  }
}

function contactMail(party: Party, isFirst: boolean): string {
  const at = party.email.indexOf('@');
  const local = isFirst ? slug(`${party.firstName.slice(0, 1)}.${party.lastName}`) : 'planning';
  return `${local}${party.email.slice(at)}`;
}
