import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';

/** What an entry says of an act. */
export interface SealedAct {
  readonly actionId: string;
  /** SHA-256 of what never changes in it, as hexadecimal digits, here and below. */
  readonly digest: string;
  /** SHA-256 of what it says of values, and of chance that goes with them when somebody is erased. */
  readonly content: string;
  readonly isTrimmable: boolean;
}

/** Where a chain stands, or stood: kept elsewhere, it shows that nothing behind it was cut off. */
export interface Anchor {
  readonly number: number;
  readonly link: string;
}

/** Before the first entry. */
export function chainStart(tenantId: TenantId): Anchor {
  return { number: 0, link: sha256(`koppel history of ${tenantId}`) };
}

/** The entry behind another one. */
export function nextLink(before: Anchor, act: SealedAct): Anchor {
  const number = before.number + 1;
  const { actionId, digest, content, isTrimmable } = act;
  return { number, link: sha256([before.link, number, actionId, digest, content, isTrimmable].join('|')) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The digest of row `a` of the history: who did what, when, to which relations, and what it takes back. */
export const actDigest = sql`encode(sha256(convert_to(jsonb_build_array(a.id, a.kind, a.actor_id,
  to_char(a.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), a.relation_ids, a.administration_id, a.batch_id, a.undo_of)::text,
  'UTF8')), 'hex')`;

/** The digest of what row `a` says of people: who acted, by name, and values before and after. The first acts that were sealed have no salt. */
export const contentDigest = sql`encode(sha256(convert_to(case when a.salt is null
  then jsonb_build_array(a.before, a.after, a.facts)
  else jsonb_build_array(a.salt, a.actor_name, a.before, a.after, a.facts) end::text, 'UTF8')), 'hex')`;
