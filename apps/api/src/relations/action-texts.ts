import type { Action } from '@koppel/domain/relations';

interface Text {
  readonly nl: string;
  readonly en: string;
}

/** What an act was, in a sentence of either language. */
export function summaryOf(action: Action): Text {
  const names = namesOf(action);
  const [one = '', other = ''] = names;
  const accounts = action.after.sources.length;
  switch (action.kind) {
    case 'merge':
      return {
        nl: `${quoted(one)} en ${quoted(other)} samengevoegd`,
        en: `Merged ${quoted(one)} and ${quoted(other)}`,
      };
    case 'merge-automatic':
      return accounts === 1
        ? { nl: 'Automatisch aan deze relatie gekoppeld', en: 'Linked to this relation automatically' }
        : {
            nl: `${accounts} relaties automatisch samengevoegd`,
            en: `${accounts} relations merged automatically`,
          };
    case 'keep-apart':
      return { nl: 'Niet dezelfde relatie', en: 'Not the same relation' };
    case 'unsure':
      return {
        nl: 'Nog niet zeker of dit dezelfde relatie is',
        en: 'Not sure yet whether these are the same relation',
      };
    case 'unlink':
      return { nl: `Losgekoppeld van ${quoted(one)}`, en: `Unlinked from ${quoted(one)}` };
    case 'choose-leading':
      return {
        nl: `Leidende waarde gekozen voor ${quoted(one)}`,
        en: `Leading value chosen for ${quoted(one)}`,
      };
    case 'edit':
      return { nl: `${quoted(one)} gewijzigd`, en: `Edited ${quoted(one)}` };
    case 'resolve-conflict':
      return { nl: `Conflict opgelost bij ${quoted(one)}`, en: `Conflict resolved for ${quoted(one)}` };
    case 'undo':
      return { nl: 'Eerdere handeling ongedaan gemaakt', en: 'Undid an earlier action' };
  }
}

function namesOf({ before }: Action): string[] {
  return before.relations.map(({ values }) => values.name);
}

function quoted(name: string): string {
  return `‘${name}’`;
}
