import type { Action } from '@koppel/domain/relations';
import type { RelationNames } from '@koppel/persistence/read';
import { ofLaterRelease } from './act-texts.js';

interface Text {
  readonly nl: string;
  readonly en: string;
}

/** What an act was, in a sentence of either language that names the relations it is about. */
export function summaryOf(action: Action, names: RelationNames): Text {
  const [one = '', other = ''] = namesOf(action, names).map(quoted);
  const accounts = action.after.sources.length;
  switch (action.kind) {
    case 'merge':
      return { nl: `${one} en ${other} samengevoegd`, en: `Merged ${one} and ${other}` };
    case 'merge-automatic':
      return accounts === 1
        ? { nl: `Automatisch gekoppeld aan ${one}`, en: `Linked to ${one} automatically` }
        : {
            nl: `${one}: ${accounts} relaties automatisch samengevoegd`,
            en: `${one}: ${accounts} relations merged automatically`,
          };
    case 'keep-apart':
      return {
        nl: `${one} en ${other} zijn niet dezelfde relatie`,
        en: `${one} and ${other} are not the same relation`,
      };
    case 'unsure':
      return {
        nl: `Nog niet zeker of ${one} en ${other} dezelfde relatie zijn`,
        en: `Not sure yet whether ${one} and ${other} are the same relation`,
      };
    case 'unlink':
      return { nl: `Losgekoppeld van ${one}`, en: `Unlinked from ${one}` };
    case 'choose-leading':
      return { nl: `Leidende waarde gekozen voor ${one}`, en: `Leading value chosen for ${one}` };
    case 'edit':
      return { nl: `${one} gewijzigd`, en: `Edited ${one}` };
    case 'resolve-conflict':
      return { nl: `Conflict opgelost bij ${one}`, en: `Conflict resolved for ${one}` };
    case 'exact-change':
      return { nl: `${one} gewijzigd in Exact Online`, en: `${one} changed in Exact Online` };
    case 'undo':
      return {
        nl: `Eerdere handeling ongedaan gemaakt bij ${one}`,
        en: `Undid an earlier action on ${one}`,
      };
    default:
      return ofLaterRelease(action.kind);
  }
}

/** As they were before the act where it kept that, else as they are now. */
function namesOf({ before, relationIds }: Action, names: RelationNames): string[] {
  const kept = new Map(before.relations.map(({ id, values }) => [id as string, values.name]));
  const ids = before.relations.length > 0 ? before.relations.map(({ id }) => id) : relationIds;
  return ids.map((id) => kept.get(id) ?? names.get(id) ?? '…');
}

function quoted(name: string): string {
  return `‘${name}’`;
}
