import { objection, type Language, type MessageKey } from '../odata/messages.js';
import type { Refusal } from '../odata/refusal.js';
import type { Changes } from '../store/changes.js';
import type { Division, TableName } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';

export type Values = Readonly<Record<string, Value>>;

/** Who writes where, and how to object. */
export interface WriteContext {
  readonly division: Division;
  readonly user: number;
  readonly clientId: string;
  readonly language: Language;
  readonly now: number;
  readonly changes: Changes;
}

/** Lines that came inside their header, already read by type. */
export type Lines = readonly Values[];

/** The business rules of one kind of record. Each may throw a refusal. */
export interface EntityRules {
  /** Checks and completes a new record, then inserts it; may give back an existing one. */
  readonly create: (context: WriteContext, values: Values, lines: Lines) => Row;
  readonly update: (context: WriteContext, row: Row, values: Values) => void;
  readonly remove: (context: WriteContext, row: Row) => void;
}

export function object(context: WriteContext, key: MessageKey, thing?: string): Refusal {
  return objection(context.language, key, thing);
}

/** Refuses an empty text. */
export function requireText(context: WriteContext, values: Values, name: string, thing: string): void {
  const value = values[name];
  if (typeof value !== 'string' || value.trim() === '') throw object(context, 'mandatory', thing);
}

/** Refuses a code that is filled in and unknown in its table. */
export function requireMaster(context: WriteContext, table: TableName, code: Value, thing: string): void {
  if (typeof code !== 'string' || code.trim() === '') return;
  if (!context.division.master(table, code)) throw object(context, 'reference', thing);
}

/** Refuses a code that another record of the table has. */
export function requireFreeCode(context: WriteContext, table: TableName, code: Value, self?: Row): void {
  if (typeof code !== 'string') return;
  const other = context.division.master(table, code);
  if (other && other !== self) throw object(context, 'exists');
}
