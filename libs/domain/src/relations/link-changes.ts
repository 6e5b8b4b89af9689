import { rolesOf, type Link } from './link.js';
import type { LinksTx } from './links.port.js';
import { linkedMember, type LinkedMember } from './members.js';
import type { ProposalsTx } from './proposals.port.js';
import { closeQuestionsOf, type CloseQuestionsTx } from './close-questions.js';

/** Ends the links of accounts that Exact deleted, and restores those of accounts that came back (product.md 3.11). */
export async function endLinks(
  tx: LinksTx & ProposalsTx & CloseQuestionsTx,
  members: readonly LinkedMember[],
  now: Date,
): Promise<{ members: LinkedMember[]; count: number }> {
  const after: LinkedMember[] = [];
  const written: Link[] = [];
  const ended: LinkedMember[] = [];
  for (const member of members) {
    const state = member.source.state === 'present' ? 'linked' : 'deleted';
    const stale = member.links.filter((link) => link.state !== state);
    const links = member.links.map((link) => ({ ...link, state }) as const);
    if (stale.length > 0) written.push(...links);
    if (stale.length > 0 && state === 'deleted') ended.push(member);
    after.push(stale.length > 0 ? linkedMember(member, links) : member);
  }
  if (written.length > 0) await tx.links.putMany(written);
  if (ended.length > 0)
    await closeQuestionsOf(
      tx,
      ended.map(({ source }) => source.id),
      now,
    );
  return { members: after, count: ended.length };
}

/** Gives accounts that became customer or supplier the link of their new role, and takes the old one away. */
export async function refreshRoles(
  tx: LinksTx,
  members: readonly LinkedMember[],
  now: Date,
): Promise<LinkedMember[]> {
  const after: LinkedMember[] = [];
  const given: Link[] = [];
  const taken: Link[] = [];
  for (const member of members) {
    const [pattern] = member.links;
    const roles = rolesOf(member.source);
    const gone = member.links.filter((link) => !roles.includes(link.role));
    const missing = roles.filter((role) => !member.links.some((link) => link.role === role));
    if (!pattern || (gone.length === 0 && missing.length === 0)) {
      after.push(member);
      continue;
    }
    const added = missing.map((role) => ({ ...pattern, role, linkedAt: now }));
    given.push(...added);
    taken.push(...gone);
    after.push(linkedMember(member, [...member.links.filter((link) => !gone.includes(link)), ...added]));
  }
  if (given.length > 0) await tx.links.putMany(given);
  if (taken.length > 0) await tx.links.removeMany(taken);
  return after;
}
