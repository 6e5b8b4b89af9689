import { asId, isId, type TenantId } from '@koppel/domain/kernel';
import type { Anchor, HistoryFault, HistoryVerdict } from '@koppel/persistence/history';

export const usage =
  'usage: npm run db:verify-history [-- <tenant>:<number>:<link> ...], each an end of a history that an earlier run or the log told';

/** Ends of histories as they were told earlier, by tenant; undefined when one of them is none. */
export function readAnchors(texts: readonly string[]): Map<TenantId, Anchor[]> | undefined {
  const anchors = new Map<TenantId, Anchor[]>();
  for (const text of texts) {
    const [tenant = '', number = '', link = '', ...more] = text.split(':');
    if (!isId(tenant) || !/^[1-9]\d{0,8}$/.test(number) || !/^[0-9a-f]{64}$/.test(link) || more.length > 0)
      return undefined;
    const tenantId = asId<TenantId>(tenant);
    anchors.set(tenantId, [...(anchors.get(tenantId) ?? []), { number: Number(number), link }]);
  }
  return anchors;
}

const faultTexts: Readonly<Record<Exclude<HistoryFault['kind'], 'entry-missing'>, string>> = {
  'broken-link': 'does not follow from those before it: an entry was changed, taken out, added or moved',
  'act-missing': 'its act is gone',
  'act-changed': 'who did what, or when, is not what was sealed',
  'content-changed':
    'the values of the act, or the name of who did it, are not what was sealed, though nobody was erased from it',
  'anchor-missing': 'is not what an earlier run told: the end was cut off, or all of it written anew',
};

/** What was found in a tenant's history, a line for the whole and one for each fault; the end is in the form that the next run takes. */
export function verdictText(tenantId: TenantId, verdict: HistoryVerdict): string {
  const { entries, head, unsealed, trimmed, erased, faults } = verdict;
  const end = entries === 0 ? 'no end yet' : `ends at ${tenantId}:${head.number}:${head.link}`;
  const rest = `${unsealed} acts not sealed yet, ${trimmed} old ones trimmed, ${erased} with somebody erased`;
  const found =
    faults.length === 0 ? 'verified' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`;
  return [
    `${tenantId}: ${found}, ${entries} entries, ${end}; ${rest}`,
    ...faults.map((fault) => `  ${faultText(fault)}`),
  ].join('\n');
}

function faultText(fault: HistoryFault): string {
  if (fault.kind === 'entry-missing')
    return `act ${fault.actionId} is said to have an entry and has none: it was added, or its entry taken out`;
  return `entry ${fault.number} ${faultTexts[fault.kind]}`;
}

export const noTenants = 'no organisation is there, so there is no history yet';

export const noDatabase = (dataDir: string): string =>
  `there is no database in ${dataDir}: npm start makes one there; KOPPEL_DATA_DIR names another folder, DATABASE_URL another database`;

/** What Postgres says of tables, columns and roles that are not there. */
const notThere: readonly unknown[] = ['42P01', '42703', '42704', '22023'];

/** Why nothing could be said of a history, and what to do. */
export function whyUnread(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && notThere.includes(at.code))
      return 'the database has no chain of the history yet: npm run db:migrate makes it; if it is another one, DATABASE_URL names the right one';
  return error instanceof Error ? error.message : String(error);
}
