import { objection, type Language, type MessageKey } from '../odata/messages.js';
import type { Refusal } from '../odata/refusal.js';
import type { Hand } from '../store/changes.js';
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
  readonly changes: Hand;
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

/** Refuses empty texts; `things` says how a message calls each property. */
export function requireTexts(
  context: WriteContext,
  values: Values,
  things: Readonly<Record<string, string>>,
): void {
  for (const [name, thing] of Object.entries(things)) {
    const value = values[name];
    if (typeof value !== 'string' || value.trim() === '') throw object(context, 'mandatory', thing);
  }
}

/** A code that points at a master record, and how a message calls it. */
export interface MasterReference {
  readonly table: TableName;
  readonly code: Value;
  readonly thing: string;
}

/** Refuses codes that are filled in and unknown in their table. */
export function requireMasters(context: WriteContext, references: readonly MasterReference[]): void {
  for (const { table, code, thing } of references) {
    if (typeof code !== 'string' || code.trim() === '') continue;
    if (!context.division.master(table, code)) throw object(context, 'reference', thing);
  }
}
