import type { Action } from '@koppel/contracts';
import type { Question } from '../ui/ask-dialog.js';
import { formatCount } from '../ui/format.js';

/** What was done at once: pairs merged, or issues ignored. */
export type BatchSubject = 'merges' | 'issues';

/** Acts that were done at once, as one. */
export type ActionBatch = NonNullable<Action['batch']> & { readonly subject: BatchSubject };

const onIssues: readonly string[] = ['ignore-issue', 'reopen-issue'];

export function subjectOf({ kind }: Pick<Action, 'kind'>): BatchSubject {
  return onIssues.includes(kind) ? 'issues' : 'merges';
}

/** Whether the act takes another one of its batch back. */
export function isTakingBack({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'undo' || kind === 'reopen-issue';
}

/** A batch in a line of history. */
export function batchSummary(subject: BatchSubject, acts: number, locale: string): string {
  const count = formatCount(acts, locale);
  return subject === 'issues'
    ? $localize`:@@batch.issuesSummary:${count}:COUNT: meldingen in één keer genegeerd`
    : $localize`:@@batch.summary:${count}:COUNT: paren in één keer samengevoegd`;
}

/** Taking one back, in a line of history. */
export function undoSummary(subject: BatchSubject, acts: number, locale: string): string {
  const count = formatCount(acts, locale);
  return subject === 'issues'
    ? $localize`:@@batch.issuesUndoSummary:${count}:COUNT: meldingen in één keer heropend`
    : $localize`:@@batch.undoSummary:${count}:COUNT: samenvoegingen in één keer ongedaan gemaakt`;
}

/** What came of taking a batch back, for the toast. */
export function undoneText(
  subject: BatchSubject,
  { done, skipped }: { readonly done: number; readonly skipped: number },
  locale: string,
): string {
  const count = formatCount(done, locale);
  const text =
    subject === 'issues'
      ? $localize`:@@batch.issuesUndone:${count}:COUNT: meldingen staan weer bij Open.`
      : $localize`:@@batch.undone:${count}:COUNT: samenvoegingen ongedaan gemaakt.`;
  if (skipped === 0) return text;
  const left = formatCount(skipped, locale);
  return `${text} ${$localize`:@@batch.undoSkipped:${left}:COUNT: bleven zoals ze zijn: al ongedaan gemaakt, of er is op verder gewerkt.`}`;
}

/** Taking a whole batch back: how wide that is. */
export function undoBatchQuestion({ subject, standing }: ActionBatch, locale: string): Question {
  const count = formatCount(standing, locale);
  return {
    heading: $localize`:@@undoQuestion.batchHeading:Alles ongedaan maken?`,
    lines: [
      subject === 'issues'
        ? $localize`:@@undoQuestion.issues:${count}:COUNT: genegeerde meldingen staan daarna weer bij Open. Wat intussen is opgelost, blijft opgelost.`
        : $localize`:@@undoQuestion.batch:${count}:COUNT: samenvoegingen worden teruggedraaid; de paren staan daarna weer bij Matchen. Waar op verder is gewerkt, blijft zoals het is.`,
    ],
    confirm: $localize`:@@actions.undo:Ongedaan maken`,
  };
}
