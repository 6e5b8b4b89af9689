import type { Sandbox } from '@koppel/exact-sandbox';

type Division = Sandbox['world']['divisions'][number];

/** Never in a log: what people type into Exact (I12). */
export const canary = 'Kanarie';

const deleteShare = 0.1;
const createShare = 0.2;
const partShare = 0.35;
const masterShare = 0.05;
/** No two bank accounts of a world have this and what is added to it. */
const firstBankAccount = 910_000_000;
const firstChamberOfCommerce = 80_000_000;
const masters = [
  'GLAccounts',
  'Journals',
  'VATCodes',
  'PaymentConditions',
  'Costcenters',
  'Costunits',
] as const;

/** Somebody who works in Exact's own screens, and never touches the phone numbers: those are edited in Koppel. */
export class ExactEditor {
  edits = 0;
  private number = 0;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly divisions: readonly number[],
    private readonly random: () => number,
  ) {}

  editSomething(): void {
    const codes = this.divisions;
    const division = this.sandbox.world.division(codes[this.below(codes.length)] ?? 0);
    if (!division) throw new Error('the world lacks an administration');
    const chance = this.random();
    this.number += 1;
    const done =
      chance < createShare
        ? this.create(division)
        : chance < createShare + deleteShare
          ? this.remove(division)
          : chance < createShare + deleteShare + partShare
            ? this.changePart(division)
            : chance < createShare + deleteShare + partShare + masterShare
              ? this.changeMaster(division)
              : this.change(division);
    if (done) this.edits += 1;
  }

  private create({ code }: Division): boolean {
    const Name = `${canary} Bouw ${this.number} ${code} B.V.`;
    return this.sandbox.edits.create({ division: code, entity: 'crm/Accounts' }, { Name }).ok;
  }

  /** Exact refuses to delete what was booked on; then nothing happened. */
  private remove(division: Division): boolean {
    return this.sandbox.edits.delete({ ...this.someAccount(division) }).ok;
  }

  private change(division: Division): boolean {
    const { number } = this;
    const changes = [
      { Email: `${canary.toLowerCase()}.${number}@voorbeeld.test` },
      { Name: `${canary} Anders ${number} B.V.`, TradeName: `${canary} ${number}` },
      { ChamberOfCommerce: String(firstChamberOfCommerce + number) },
      { VATNumber: `NL${firstBankAccount + number}B01` },
      { AddressLine1: `${canary}laan ${number}`, Postcode: '6711 AA', City: 'Ede' },
      { Website: `www.${canary.toLowerCase()}${number}.test`, CreditLineSales: number },
    ];
    return this.sandbox.edits.edit(this.someAccount(division), changes[this.below(changes.length)]!).ok; // below their number
  }

  /** Another bank account number, address or telephone number of somebody there. */
  private changePart(division: Division): boolean {
    const { number } = this;
    const changes = [
      ['BankAccounts', { BankAccount: String(firstBankAccount + number) }],
      ['BankAccounts', { BankAccountHolderName: `${canary} ${number}` }],
      ['Addresses', { AddressLine1: `${canary}weg ${number}` }],
      ['Addresses', { Postcode: '6712 AB', City: `${canary}dorp` }],
      ['Contacts', { BusinessPhone: `0317-${100_000 + number}` }],
      ['Contacts', { LastName: `${canary} ${number}`, JobTitleDescription: 'Uitvoerder' }],
    ] as const;
    const [name, fields] = changes[this.below(changes.length)]!; // below their number
    return this.edit(division, name, fields);
  }

  private changeMaster(division: Division): boolean {
    const table = masters[this.below(masters.length)]!; // below their number
    return this.edit(division, table, { Description: `${canary} ${this.number}` });
  }

  private edit(
    division: Division,
    name: keyof Division['tables'],
    fields: Readonly<Record<string, string>>,
  ): boolean {
    const table = division.tables[name];
    const row = [...table.all()][this.below(table.size)];
    if (!row) return false;
    return this.sandbox.edits.edit(
      { division: division.code, entity: name, id: table.guid(row.$row) },
      fields,
    ).ok;
  }

  private someAccount(division: Division): { division: number; entity: string; id: string } {
    const table = division.tables.Accounts;
    const rows = [...table.all()];
    const row = rows[this.below(rows.length)];
    if (!row) throw new Error('an administration has no accounts left');
    return { division: division.code, entity: 'crm/Accounts', id: table.guid(row.$row) };
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }
}
