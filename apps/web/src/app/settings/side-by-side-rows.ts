import type { AdministrationSettings } from '@koppel/contracts';
import { fieldText, sharedFields } from '../relations/field-text.js';
import { optionText } from './settings-draft.js';
import { settingGroups, settingText } from './setting-text.js';

export interface Cell {
  readonly text: string;
  readonly isMissing: boolean;
  /** Says something else than the first administration. */
  readonly isDifferent: boolean;
  readonly isInherited: boolean;
}

export interface Row {
  readonly key: string;
  readonly text: string;
  readonly cells: readonly Cell[];
}

export interface RowGroup {
  readonly key: string;
  readonly text: string;
  readonly rows: readonly Row[];
}

/** Every setting of every administration, by kind. An administration's own code differs by nature and is not marked. */
export function sideBySideRows(all: readonly AdministrationSettings[]): readonly RowGroup[] {
  return settingGroups().map(({ key, text, settings }) => ({
    key,
    text,
    rows:
      key === 'factuurnummers'
        ? [codeRow(all)]
        : key === 'terugschrijven'
          ? [policyRow(all)]
          : settings.map((setting) => settingRow(all, setting)),
  }));
}

/** Without the rows in which nothing differs or is missing, and without groups that have none left. */
export function onlyDifferent(groups: readonly RowGroup[]): readonly RowGroup[] {
  const differs = ({ cells }: Row) => cells.some((cell) => cell.isDifferent || cell.isMissing);
  return groups
    .map((group) => ({ ...group, rows: group.rows.filter(differs) }))
    .filter(({ rows }) => rows.length > 0);
}

function settingRow(
  all: readonly AdministrationSettings[],
  key: AdministrationSettings['fields'][number]['key'],
): Row {
  const fields = all.map((each) => each.fields.find((field) => field.key === key));
  const first = fields[0]?.value ?? null;
  return {
    key,
    text: settingText(key),
    cells: fields.map((field) => {
      const value = field?.value ?? null;
      const isMissing = field?.isRequired === true && value === null;
      return {
        text: field ? optionText(field, value) : '',
        isMissing,
        isDifferent: !isMissing && value !== first,
        isInherited: field?.isInherited ?? false,
      };
    }),
  };
}

function codeRow(all: readonly AdministrationSettings[]): Row {
  return {
    key: 'code',
    text: $localize`:@@numbers.code:Administratiecode`,
    cells: all.map(({ code }) => ({
      text: code ?? '',
      isMissing: code === null,
      isDifferent: false,
      isInherited: false,
    })),
  };
}

function policyRow(all: readonly AdministrationSettings[]): Row {
  const texts = all.map(({ localFields }) =>
    sharedFields
      .filter((field) => localFields.includes(field))
      .map(fieldText)
      .join(', '),
  );
  return {
    key: 'localFields',
    text: $localize`:@@policy.legend:Alleen in deze administratie`,
    cells: texts.map((text) => ({
      text,
      isMissing: false,
      isDifferent: text !== texts[0],
      isInherited: false,
    })),
  };
}
