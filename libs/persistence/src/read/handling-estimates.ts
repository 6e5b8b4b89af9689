import { sql } from 'drizzle-orm';
import type { ContactHandling } from '@koppel/domain/kernel';
import { automaticFrom } from '@koppel/domain/matching';
import type { Tx } from '../database.js';
import { couplings } from '../schema/index.js';

/** Accounts that would join another one, questions for a person, accounts that resemble no other. */
interface Estimate {
  readonly merged: number;
  readonly asked: number;
  readonly apart: number;
}

export type HandlingEstimates = Readonly<Record<ContactHandling, Estimate>>;

/**
 * What each contact handling would make of the accounts that were compared, from what was joined by itself and what waits for
 * a person; what persons decided stays out of it, and what the handling in force would have joined but left is a question
 * under any. Null when nothing was compared yet. An estimate: registration numbers are compared by their digits.
 */
export async function readHandlingEstimates(tx: Tx): Promise<HandlingEstimates | null> {
  const joined = await countJoined(tx);
  if (joined.relations === 0) return null;
  const open = leftByChoice(await countOpen(tx), await readHandling(tx));
  const { apart } = joined;
  const asked = open.all - open.certain;
  const certain = joined.certain + open.certain;
  const registered = joined.registered + open.registered;
  return {
    automatic: { merged: certain, asked, apart },
    careful: { merged: registered, asked: asked + certain - registered, apart },
    manual: { merged: 0, asked: asked + certain, apart },
  };
}

interface Joined extends Record<string, unknown> {
  readonly relations: number;
  readonly certain: number;
  readonly registered: number;
  readonly apart: number;
}

// Of the accounts of a relation one is the first; only the others joined.
async function countJoined(tx: Tx): Promise<Joined> {
  const [row] = await tx.execute<Joined>(sql`
    with accounts as (
      select l.relation_id, s.id, bool_or(l.origin = 'automatic') as is_automatic,
        nullif(regexp_replace(s.fields->'shared'->>'kvk', '\\D', '', 'g'), '') as kvk,
        nullif(regexp_replace(s.fields->'shared'->>'vat', '\\D', '', 'g'), '') as vat
      from links l join source_relations s on s.id = l.source_relation_id
      where l.state = 'linked'
      group by l.relation_id, s.id
    ), per_relation as (
      select relation_id, count(*)::int as accounts, (count(*) filter (where is_automatic))::int as automatic,
        greatest(count(kvk) - count(distinct kvk), count(vat) - count(distinct vat))::int as registered
      from accounts group by relation_id
    )
    select count(*)::int as relations,
      coalesce(sum(least(automatic, accounts - 1)), 0)::int as certain,
      coalesce(sum(least(automatic, accounts - 1, registered)), 0)::int as registered,
      (count(*) filter (where accounts = 1 and not exists (
        select from proposals p where p.state = 'open' and not p.is_aside and relation_id in (p.relation_a, p.relation_b))))::int as apart
    from per_relation`);
  return row ?? { relations: 0, certain: 0, registered: 0, apart: 0 };
}

interface Open extends Record<string, unknown> {
  readonly all: number;
  readonly certain: number;
  readonly registered: number;
}

async function readHandling(tx: Tx): Promise<string | null> {
  const [coupling] = await tx.select({ handling: couplings.contactHandling }).from(couplings);
  return coupling?.handling ?? null;
}

/** Of the certain pairs that wait, those that wait because of the handling in force. */
function leftByChoice(open: Open, inForce: string | null): Open {
  if (inForce === 'automatic') return { ...open, certain: 0, registered: 0 };
  if (inForce === 'careful') return { ...open, certain: open.certain - open.registered, registered: 0 };
  return open;
}

// A certain pair that waits for a person has nothing that holds it back.
async function countOpen(tx: Tx): Promise<Open> {
  const [row] = await tx.execute<Open>(sql`
    with pairs as (
      select p.score >= ${automaticFrom} and p.vetoes = '[]'::jsonb and not exists (
          select from jsonb_array_elements(p.reasons) r where r->>'key' like 'hold-%') as is_certain,
        p.reasons @> '[{"key":"kvk-equal"}]' or p.reasons @> '[{"key":"vat-equal"}]' as is_registered
      from proposals p where p.state = 'open' and not p.is_aside and p.kind = 'match'
    )
    select count(*)::int as "all", (count(*) filter (where is_certain))::int as certain,
      (count(*) filter (where is_certain and is_registered))::int as registered
    from pairs`);
  return row ?? { all: 0, certain: 0, registered: 0 };
}
