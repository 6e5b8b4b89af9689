import type { Act } from '@koppel/domain/history';
import { factsOfCause, fillText } from '@koppel/domain/issues';
import type { ActContext } from '@koppel/persistence/read';

interface Text {
  readonly nl: string;
  readonly en: string;
}

/** What an act beside those on relations was, in a sentence of either language. */
export function actSummary(act: Act, context: ActContext): Text {
  const name = context.administrations.get(act.administrationId ?? '') ?? '…';
  switch (act.kind) {
    case 'save-settings':
      return { nl: `Instellingen van ${name} gewijzigd`, en: `Changed the settings of ${name}` };
    case 'save-write-policy':
      return { nl: `Terugschrijven naar ${name} gewijzigd`, en: `Changed writing back to ${name}` };
    case 'save-account-creation':
      return {
        nl: 'Aanmaken in andere administraties gewijzigd',
        en: 'Changed creating in other administrations',
      };
    case 'use-relation':
      return { nl: `In gebruik genomen in ${name}`, en: `Taken into use in ${name}` };
    case 'create-account':
      return { nl: `Aangemaakt in ${name}`, en: `Created in ${name}` };
    case 'find-account':
      return { nl: `Stond al in ${name}; gekoppeld`, en: `Stood in ${name} already; linked` };
    case 'approve-change':
      return withTitle({ nl: 'Goedgekeurd', en: 'Approved' }, act, context);
    case 'ignore-issue':
      return withTitle(ignoredWord(act, context), act, context);
    case 'reopen-issue':
      return withTitle({ nl: 'Heropend', en: 'Reopened' }, act, context);
    default:
      return ofLaterRelease(act.kind);
  }
}

/** What a later release wrote before it was taken back is shown all the same (F93). */
export function ofLaterRelease(_kind: never): Text {
  return { nl: 'Handeling van een nieuwere versie', en: 'Act of a newer version' };
}

/** A question that can be approved is rejected; anything else is ignored. */
function ignoredWord({ facts }: Act, { issues }: ActContext): Text {
  const issue = issues.get(facts.issueId ?? '');
  return issue && factsOfCause(issue.cause).waysOut.includes('reject')
    ? { nl: 'Afgewezen', en: 'Rejected' }
    : { nl: 'Genegeerd', en: 'Ignored' };
}

function withTitle(word: Text, { facts }: Act, { issues }: ActContext): Text {
  const issue = issues.get(facts.issueId ?? '');
  const title = issue ? fillText(factsOfCause(issue.cause).title, issue.params) : { nl: '…', en: '…' };
  return { nl: `${word.nl}: ${title.nl}`, en: `${word.en}: ${title.en}` };
}
