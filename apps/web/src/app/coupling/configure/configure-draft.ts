import type { Configuration } from '@koppel/contracts';

/** What a person chose or typed and did not save. It outlives reading the configuration again. */
export interface ConfigureDraft {
  readonly handling?: Configuration['contactHandling'];
  readonly codes: Readonly<Record<string, string>>;
}

export const emptyDraft: ConfigureDraft = { codes: {} };

/** The contact handling as chosen, else as saved. */
export const handlingOf = (
  read: Configuration | undefined,
  { handling }: ConfigureDraft,
): Configuration['contactHandling'] => (handling === undefined ? (read?.contactHandling ?? null) : handling);

/** Per administration that takes part the code as typed, else as saved or suggested. One that is fixed by now is what was saved. */
export function codesOf(
  read: Configuration | undefined,
  { codes }: ConfigureDraft,
): Readonly<Record<string, string>> {
  const shown = ({ administrationId, code, suggestedCode, isCodeLocked }: Configuration['codes'][number]) => {
    const typed = isCodeLocked ? undefined : codes[administrationId];
    return [administrationId, typed ?? code ?? suggestedCode] as const;
  };
  return Object.fromEntries((read?.codes ?? []).map(shown));
}
