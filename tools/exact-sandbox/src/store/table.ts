import type { GuidCodec } from './guid-codec.js';
import type { Row, Value } from './rows.js';
import { StampLog } from './stamp-log.js';

/** Where a table stands: its record kind and the division's number in the world. */
export interface TableAddress {
  readonly kind: number;
  readonly division: number;
}

/** All records of one kind in one division. */
export class Table {
  private stampLog = new StampLog();
  private readonly rows: (Row | undefined)[] = [];
  private liveCount = 0;
  /** Sort keys in rising order, made when somebody first reads in order of GUID. */
  private order: number[] | undefined;

  constructor(
    private readonly guids: GuidCodec,
    readonly address: TableAddress,
  ) {}

  get size(): number {
    return this.liveCount;
  }

  get nextRow(): number {
    return this.rows.length;
  }

  guid(row: number): string {
    return this.guids.encode(this.address.kind, this.address.division, row);
  }

  get(row: number): Row | undefined {
    return this.rows[row];
  }

  /** The live row with this GUID; a GUID of another kind or division is unknown here. */
  find(guid: string): Row | undefined {
    const at = this.guids.decode(guid);
    if (!at || at.kind !== this.address.kind || at.division !== this.address.division) return undefined;
    return this.rows[at.row];
  }

  insert(row: Row): void {
    if (row.$row !== this.rows.length) throw new Error(`row ${row.$row} does not follow ${this.rows.length}`);
    this.rows.push(row);
    this.liveCount += 1;
    this.stampLog.append(row.$stamp, row.$row);
    if (this.order) insertSorted(this.order, this.sortKey(row.$row));
  }

  /** Puts a row as an earlier start left it in its place; undefined = it was removed. New versions must come in rising order. */
  restore(number: number, row: Row | undefined): void {
    const old = this.rows[number];
    this.rows[number] = row;
    this.liveCount += (row ? 1 : 0) - (old ? 1 : 0);
    this.order = undefined;
    if (!row || row.$stamp === old?.$stamp) return;
    this.stampLog.append(row.$stamp, number);
    this.stampLog.compact(this.rows, this.liveCount);
  }

  /** Gives a row a new version, as every insert and update in Exact's database does. */
  restamp(row: Row, stamp: number): void {
    row.$stamp = stamp;
    this.stampLog.append(stamp, row.$row);
    this.stampLog.compact(this.rows, this.liveCount);
  }

  /** Gives every row a new version, as moving a division to another database does. */
  restampAll(nextStamp: () => number): void {
    this.stampLog = new StampLog();
    for (const row of this.all()) {
      row.$stamp = nextStamp();
      this.stampLog.append(row.$stamp, row.$row);
    }
  }

  remove(row: Row): void {
    this.rows[row.$row] = undefined;
    this.liveCount -= 1;
    if (this.order) removeSorted(this.order, this.sortKey(row.$row));
  }

  *all(): Generator<Row> {
    for (const row of this.rows) if (row) yield row;
  }

  *where(name: string, value: Value): Generator<Row, undefined> {
    for (const row of this.rows) if (row && row[name] === value) yield row;
  }

  has(name: string, value: Value): boolean {
    return this.where(name, value).next().done !== true;
  }

  /** Live rows in order of GUID, after the given GUID when there is one. */
  *inKeyOrder(afterGuid?: string): Generator<Row> {
    const order = this.keyOrder();
    const after = afterGuid === undefined ? -1 : guidSortKey(afterGuid);
    for (let i = firstAbove(order, after); i < order.length; i += 1) {
      const row = this.rows[this.guids.rowOf(order[i] ?? 0)];
      if (row) yield row;
    }
  }

  /** Versions with a row higher than the given stamp, lowest first. */
  *afterStamp(stamp: number): Generator<Row> {
    yield* this.stampLog.from(this.stampLog.firstAfter(stamp), this.rows);
  }

  private sortKey(row: number): number {
    return this.guids.sortKey(this.address.kind, this.address.division, row);
  }

  private keyOrder(): number[] {
    if (this.order) return this.order;
    const keys = new Float64Array(this.liveCount);
    let filled = 0;
    for (const row of this.all()) {
      keys[filled] = this.sortKey(row.$row);
      filled += 1;
    }
    this.order = [...keys.sort()];
    return this.order;
  }
}

function guidSortKey(guid: string): number {
  const key = Number.parseInt(guid.slice(0, 8) + guid.slice(9, 11), 16);
  return Number.isNaN(key) ? -1 : key;
}

function firstAbove(order: readonly number[], key: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] ?? 0) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insertSorted(order: number[], key: number): void {
  order.splice(firstAbove(order, key), 0, key);
}

function removeSorted(order: number[], key: number): void {
  const index = firstAbove(order, key) - 1;
  if (order[index] === key) order.splice(index, 1);
}
