import type { Sandbox } from '@koppel/exact-sandbox';

type Division = Sandbox['world']['divisions'][number];

/** Never in a log: what people type into Exact (I12). */
export const canary = 'Kanarie';

const deleteShare = 0.1;
const createShare = 0.2;
const partShare = 0.4;
/** No two bank accounts of a world have this and what is added to it. */
const firstBankAccount = 910_000_000;

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
    const Email = `${canary.toLowerCase()}.${this.number}@voorbeeld.test`;
    return this.sandbox.edits.edit(this.someAccount(division), { Email }).ok;
  }

  /** Another bank account number, address or telephone number of somebody there. */
  private changePart(division: Division): boolean {
    const changes = [
      ['BankAccounts', { BankAccount: String(firstBankAccount + this.number) }],
      ['Addresses', { AddressLine1: `${canary}weg ${this.number}` }],
      ['Contacts', { BusinessPhone: `0317-${100_000 + this.number}` }],
    ] as const;
    const [name, fields] = changes[this.below(changes.length)]!; // below their number
    const table = division.tables[name];
    const row = [...table.all()][this.below(table.size)];
    if (!row) return false;
    const at = { division: division.code, entity: `crm/${name}`, id: table.guid(row.$row) };
    return this.sandbox.edits.edit(at, fields).ok;
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
