import { exclusive, type Features } from './features.js';
import { IntList } from './int-list.js';
import { NamePool } from './name-pool.js';
import { RecordIds } from './record-ids.js';
import { ownCompanyFlag, postbusFlag, readRow, slot, slots, textSlots, vatKinds } from './table-row.js';
import { PackedTextTable, type SharedTexts } from './packed-text-table.js';
import type { PackedPart } from './packed-texts.js';
import type { Texts } from './text-table.js';

/** Records of a table, to be sent to another thread: only the texts that no earlier part of that table told. */
export interface RecordPart {
  readonly ids: readonly string[];
  readonly rows: Int32Array<ArrayBuffer>;
  readonly names: Int32Array<ArrayBuffer>;
  readonly texts: PackedPart;
  readonly ibanLists: readonly (readonly number[])[];
}

/** All records of a table, to be read by several threads at once; without their ids. */
export interface SharedRecords {
  readonly count: number;
  readonly rows: Int32Array;
  readonly names: Int32Array;
  readonly texts: SharedTexts;
  readonly ibanLists: readonly (readonly number[])[];
  readonly ibanStems: ReadonlyMap<number, number>;
}

/** Room for names that are longer than those before them. */
const spare = 1.05;

/**
 * The features of many records as numbers: 108 bytes each, and every different text once. `at` gives a record as an
 * object of its own.
 */
export class RecordTable {
  readonly ids = new RecordIds();
  readonly names: NamePool;
  /** Accounts (numbers of texts) of the records that have several, in one list each; number 0 is the list of all others. */
  readonly ibanLists: (readonly number[])[] = [[]];
  /** How many stems use an account that others use too, by the number of the account's text. */
  readonly ibanStems = new Map<number, number>();
  readonly #rows: IntList;
  #isCompared = false;

  /** `isShared`: other threads will read the records. */
  constructor(
    readonly texts: Texts,
    isShared = false,
  ) {
    this.#rows = new IntList(slots * 256, isShared);
    this.names = new NamePool(texts, isShared);
  }

  /** The records that another thread shares, without their ids. */
  static ofShared({ rows, names, texts, ibanLists, ibanStems }: SharedRecords): RecordTable {
    const table = new RecordTable(PackedTextTable.ofShared(texts), true);
    table.#rows.values = rows;
    table.names.readOnly(names);
    for (const list of ibanLists.slice(1)) table.ibanLists.push(list);
    for (const [iban, stems] of ibanStems) table.ibanStems.set(iban, stems);
    return table;
  }

  get length(): number {
    return this.ids.length;
  }

  /** The features of a record: a new object, because what is kept for later costs the garbage collector more than reading. */
  at(record: number): Features {
    return readRow(this, record);
  }

  /** A number of a record; see `slot`. */
  valueOf(record: number, at: number): number {
    return this.#rows.values[record * slots + at] ?? 0;
  }

  setValue(record: number, at: number, value: number): void {
    this.#rows.values[record * slots + at] = value;
  }

  /** The administration of a record, as a number. */
  administrationAt(record: number): number {
    return this.valueOf(record, slot.administration);
  }

  /** All administrations, as numbers. */
  administrations(): ReadonlySet<number> {
    const found = new Set<number>();
    for (let r = 0; r < this.length; r++) found.add(this.administrationAt(r));
    return found;
  }

  add(features: Features): void {
    const start = this.#rows.length;
    this.#rows.reserve(slots);
    this.#rows.length += slots;
    this.ids.push(features.id);
    this.#write(start, features);
  }

  /** To be called before what only all records tell is written into the table; that cannot be done twice: a RangeError. */
  startComparing(): void {
    if (this.#isCompared) throw new RangeError('These records were compared already: read them again');
    this.#isCompared = true;
  }

  /** All records with their texts, for `ofShared`. */
  share(texts: SharedTexts): SharedRecords {
    const { ibanLists, ibanStems } = this;
    const names = this.names.pool.values.subarray(0, this.names.pool.length);
    return { count: this.length, rows: this.#rows.values, names, texts, ibanLists, ibanStems };
  }

  /** Gives what was added since the last time but for its texts, and forgets it. */
  takePart(): Omit<RecordPart, 'texts'> {
    const part = {
      ids: this.ids.take(),
      rows: this.#rows.values.slice(0, this.#rows.length),
      names: this.names.take(),
      ibanLists: this.ibanLists.splice(1),
    };
    this.#rows.length = 0;
    return part;
  }

  /** Makes room for some parts as large as this one. */
  expect(part: RecordPart, parts: number): void {
    this.#rows.reserve(part.rows.length * parts);
    this.names.expect(part.names.length * parts);
  }

  /** Makes room for so many records in all, with names as long as those that are there. */
  expectTotal(records: number): void {
    const known = this.length;
    if (known === 0 || records <= known) return;
    const left = records - known;
    this.ids.reserve(left);
    this.#rows.reserve(left * slots);
    this.names.expect(Math.ceil((this.names.pool.length / known) * left * spare));
  }

  /** Adds the records of another table's part; `known` renames its texts, those of earlier parts included. */
  append(part: RecordPart, known: Int32Array): void {
    const namesShift = this.names.append(part.names, known);
    const listsShift = this.ibanLists.length - 1;
    for (const list of part.ibanLists) this.ibanLists.push(list.map((id) => known[id] ?? 0));
    for (const id of part.ids) this.ids.push(id);
    const start = this.#rows.length;
    this.#rows.reserve(part.rows.length);
    this.#rows.length += part.rows.length;
    const rows = this.#rows.values;
    rows.set(part.rows, start);
    for (let row = start; row < this.#rows.length; row += slots) {
      renameTexts(rows, row, known);
      if (rows[row + slot.names] !== 0) rows[row + slot.names]! += namesShift;
      if (rows[row + slot.ibanList] !== 0) rows[row + slot.ibanList]! += listsShift;
    }
  }

  /** Puts the records in another order: number `order[r]` comes in place r. */
  reorder(order: Int32Array): void {
    if (order.every((from, r) => from === r)) return;
    const rows = this.#rows.values;
    const sorted = this.#rows.allocate(order.length * slots);
    for (let r = 0; r < order.length; r++) {
      const from = (order[r] ?? 0) * slots;
      for (let i = 0; i < slots; i++) sorted[r * slots + i] = rows[from + i] ?? 0;
    }
    this.#rows.values = sorted;
    this.ids.reorder(order);
  }

  #write(start: number, features: Features): void {
    const { address, vat, shared, ibans } = features;
    const rows = this.#rows.values;
    const write = (at: number, text: string | null): void => {
      rows[start + at] = text === null ? 0 : this.texts.idOf(text);
    };
    rows[start + slot.flags] =
      (features.isOwnCompany ? ownCompanyFlag : 0) | (address.isPostbus ? postbusFlag : 0);
    rows[start + slot.names] = this.names.add(features.names);
    rows[start + slot.vatKind] = vat ? vatKinds.indexOf(vat.kind) + 1 : 0;
    rows[start + slot.ibanList] =
      ibans.length > 1 ? this.ibanLists.push(ibans.map((iban) => this.texts.idOf(iban))) - 1 : 0;
    write(slot.administration, features.administrationId);
    write(slot.code, features.code);
    write(slot.kvk, features.kvk);
    write(slot.branch, features.branch);
    write(slot.vatCountry, vat?.country ?? null);
    write(slot.vatRoot, vat?.root ?? null);
    write(slot.vatSuffix, vat?.suffix ?? null);
    write(slot.rsin, features.rsin);
    write(slot.iban, ibans[0] ?? null);
    write(slot.email, features.email);
    write(slot.phone, features.phone);
    write(slot.domain, features.domain);
    write(slot.country, address.country);
    write(slot.postcode, address.postcode);
    write(slot.street, address.street);
    write(slot.number, address.number);
    write(slot.addition, address.addition);
    write(slot.city, address.city);
    write(slot.addressKey, features.addressKey);
    if (shared !== exclusive) throw new RangeError('Only records whose values nobody shares yet are added');
    for (const at of [slot.phoneStems, slot.mailStems, slot.domainStems, slot.addressStems, slot.kvkStems])
      rows[start + at] = 1;
  }
}

function renameTexts(rows: Int32Array, row: number, known: Int32Array): void {
  for (let i = 0; i < textSlots.length; i++) {
    const place = row + (textSlots[i] ?? 0);
    rows[place] = known[rows[place] ?? 0] ?? 0;
  }
}
