import { inArray } from 'drizzle-orm';
import type { Act } from '@koppel/domain/history';
import type { Tx } from '../database.js';
import { toIssue } from '../drizzle-issues.js';
import { administrations, issues } from '../schema/index.js';
import type { Issue } from '@koppel/domain/issues';

/** What acts name besides relations, by id. */
export interface ActContext {
  readonly administrations: ReadonlyMap<string, string>;
  readonly issues: ReadonlyMap<string, Issue>;
}

/** The administrations and issues that acts are about. Bounded by the acts of one page. */
export async function readActContext(tx: Tx, acts: readonly Act[]): Promise<ActContext> {
  const issueIds = acts.flatMap(({ facts }) => facts.issueId ?? []);
  const administrationIds = acts.flatMap(({ administrationId }) => administrationId ?? []);
  const named =
    administrationIds.length === 0
      ? []
      : await tx
          .select({ id: administrations.id, name: administrations.name })
          .from(administrations)
          .where(inArray(administrations.id, [...new Set(administrationIds)]));
  const found =
    issueIds.length === 0
      ? []
      : await tx
          .select()
          .from(issues)
          .where(inArray(issues.id, [...new Set(issueIds)]));
  return {
    administrations: new Map(named.map(({ id, name }) => [id, name])),
    issues: new Map(found.map((row) => [row.id, toIssue(row)])),
  };
}
