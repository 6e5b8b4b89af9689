import type { ApiProblem } from '../api/api-problem.js';
import { formatMoment } from '../ui/format.js';
import { kindText } from './action-words.js';

/** Why an undo was refused, to be told beside the act itself, and the act to undo before it. */
export interface Refusal {
  readonly actionId: string;
  readonly text: string;
  readonly laterActionId: string | undefined;
}

interface Reader {
  readonly locale: string;
  readonly now: Date;
}

/** The refusals that are about the act; undefined for the others, which any request can meet. */
export function refusalOf(
  actionId: string,
  problem: Pick<ApiProblem, 'kind' | 'body'>,
  reader: Reader,
): Refusal | undefined {
  const text = (name: string) => {
    const value = problem.body?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const at = text('at');
  const who = text('byName') || $localize`:@@refusal.someone:Iemand`;
  const when = at === undefined ? '' : formatMoment(at, reader.locale, reader.now);
  switch (problem.kind) {
    case 'later-action-first': {
      const what = kindText(text('laterKind') ?? '');
      return {
        actionId,
        laterActionId: text('laterActionId'),
        text: $localize`:@@refusal.later:${who}:WHO: deed hierna nog: ${what}:WHAT: (${when}:WHEN:). Maak dat eerst ongedaan.`,
      };
    }
    case 'already-undone':
      return {
        actionId,
        laterActionId: undefined,
        text: $localize`:@@refusal.already:${who}:WHO: heeft dit al ongedaan gemaakt (${when}:WHEN:).`,
      };
    case 'not-undoable':
      return {
        actionId,
        laterActionId: undefined,
        text:
          text('reason') === 'changed-since'
            ? $localize`:@@refusal.changed:De gegevens zijn sindsdien zo veranderd dat dit niet meer terug kan. Wijzig de relatie zelf.`
            : $localize`:@@refusal.never:Deze handeling is niet terug te draaien.`,
      };
    default:
      return undefined;
  }
}
