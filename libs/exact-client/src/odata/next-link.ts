import { createHash } from 'node:crypto';
import { ExactError } from '../errors.js';

/** Bound on the pages of one read: 2,000 pages of 1,000 is two million records. */
export const PAGES_MAX = 2_000;
const MARK_LENGTH = 8;

/**
 * A `next` of ours is Exact's `__next` verbatim, then `#` and a short mark of every link followed before it. A fragment is never sent.
 * So a cursor that was stored and read back by another process still knows where it has been, and a loop is seen at the first repeat.
 */
export function linkOf(next: string): string {
  return split(next).link;
}

/** The `next` to hand out after following `followed` (absent on a first page). Throws ExactError `loop` on a repeated link or beyond PAGES_MAX. */
export function nextAfter(followed: string | undefined, link: string): string {
  const before = followed === undefined ? { link: undefined, marks: '' } : split(followed);
  const marks = before.link === undefined ? '' : before.marks + markOf(before.link);
  if (marks.length / MARK_LENGTH >= PAGES_MAX || has(marks, markOf(link)))
    throw new ExactError({ kind: 'loop' });
  return `${link}#${marks}`;
}

function split(next: string): { link: string; marks: string } {
  const hash = next.indexOf('#');
  return hash < 0 ? { link: next, marks: '' } : { link: next.slice(0, hash), marks: next.slice(hash + 1) };
}

function has(marks: string, mark: string): boolean {
  for (let at = 0; at < marks.length; at += MARK_LENGTH) if (marks.startsWith(mark, at)) return true;
  return false;
}

function markOf(link: string): string {
  return createHash('sha256').update(link).digest('base64url').slice(0, MARK_LENGTH);
}
