import type { SandboxClock } from '../clock.js';
import type { Division, TableName } from '../store/division.js';
import type { Row } from '../store/rows.js';
import type { World } from '../world/world.js';

export type EditResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly error: { readonly kind: 'unknown-record' | 'unknown-division' | 'unknown-entity' };
    };

/** Finds the division and record that an edit names. */
export function locate(
  world: World,
  at: { readonly division: number; readonly entity: string; readonly id: string },
): EditResult<{ readonly division: Division; readonly table: TableName; readonly row: Row }> {
  const division = world.division(at.division);
  if (!division) return { ok: false, error: { kind: 'unknown-division' } };
  const table = tableNamed(division, at.entity);
  if (!table) return { ok: false, error: { kind: 'unknown-entity' } };
  const row = division.tables[table].find(at.id);
  return row
    ? { ok: true, value: { division, table, row } }
    : { ok: false, error: { kind: 'unknown-record' } };
}

/** `Accounts` or `crm/Accounts`. */
export function tableNamed(division: Division, entity: string): TableName | undefined {
  const last = entity.slice(entity.lastIndexOf('/') + 1);
  return division.tableNames().find((name) => name === last);
}

/** Moves a division to another database: every row version is made anew and DivisionMoveDate is set. */
export function moveDivision(
  world: World,
  clock: SandboxClock,
  code: number,
): EditResult<{ readonly movedAt: number }> {
  const division = world.division(code);
  if (!division) return { ok: false, error: { kind: 'unknown-division' } };
  division.database = world.newDatabase();
  for (const name of division.tableNames())
    division.tables[name].restampAll(() => division.database.nextStamp());
  division.movedAt = clock.now();
  division.modifiedAt = clock.now();
  return { ok: true, value: { movedAt: division.movedAt } };
}
