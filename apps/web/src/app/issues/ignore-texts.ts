import type { Question } from '../ui/ask-dialog.js';
import { formatCount } from '../ui/format.js';

interface ToIgnore {
  /** The title, or that of its cause. */
  readonly subject: string;
  readonly count: number;
  readonly isBlocking: boolean;
  readonly locale: string;
}

/** Asks for the reason, and says what ignoring does: to how many, and that they can be found again. */
export function ignoreQuestion({ subject, count, isBlocking, locale }: ToIgnore): Question {
  const number = formatCount(count, locale);
  const effect =
    count === 1
      ? $localize`:@@issues.ignoreOne:De melding verdwijnt uit de lijst en blijft onder Genegeerd te vinden. In Exact Online verandert niets.`
      : $localize`:@@issues.ignoreMany:${number}:COUNT: meldingen verdwijnen uit de lijst en blijven onder Genegeerd te vinden. In Exact Online verandert niets.`;
  const blocking = $localize`:@@issues.ignoreBlocking:Deze melding houdt de koppeling tegen. Na het negeren gaat de koppeling door zonder deze gegevens.`;
  return {
    heading:
      count === 1
        ? $localize`:@@issues.ignoreHeading:Melding negeren`
        : $localize`:@@issues.ignoreHeadingMany:${number}:COUNT: meldingen negeren`,
    lines: [subject, effect, ...(isBlocking ? [blocking] : [])],
    confirm: $localize`:@@issues.ignoreConfirm:Negeren`,
    reason: reasonToGive(),
  };
}

/** The reason of what is put aside, and where it stays to be read. */
export const reasonToGive = (): NonNullable<Question['reason']> => ({
  label: $localize`:@@issues.ignoreReason:Reden`,
  hint: $localize`:@@issues.ignoreHint:Staat bij de genegeerde meldingen.`,
  isRequired: true,
});

/** What came of it, for the toast. */
export function ignoredText(
  { ignored, skipped }: { readonly ignored: number; readonly skipped: number },
  locale: string,
): string {
  const done =
    ignored === 1
      ? $localize`:@@issues.ignoredOne:1 melding genegeerd.`
      : $localize`:@@issues.ignoredMany:${formatCount(ignored, locale)}:COUNT: meldingen genegeerd.`;
  return withSkipped(ignored > 0 ? done : '', skipped, locale);
}

/** What came of taking them up again, for the toast. */
export function reopenedText(
  { reopened, skipped }: { readonly reopened: number; readonly skipped: number },
  locale: string,
): string {
  const done =
    reopened === 1
      ? $localize`:@@issues.reopened:Heropend. De melding staat weer bij Open.`
      : $localize`:@@issues.reopenedMany:${formatCount(reopened, locale)}:COUNT: meldingen heropend. Ze staan weer bij Open.`;
  return withSkipped(reopened > 0 ? done : '', skipped, locale);
}

/** What came of trying them again, for the toast. */
export function recheckedText(
  { rechecked, skipped }: { readonly rechecked: number; readonly skipped: number },
  locale: string,
): string {
  const done = $localize`:@@issues.rechecked:Wordt opnieuw gecontroleerd. Wat is opgelost, verdwijnt vanzelf.`;
  return withSkipped(rechecked > 0 ? done : '', skipped, locale);
}

function withSkipped(done: string, skipped: number, locale: string): string {
  if (skipped === 0) return done;
  const left = $localize`:@@issues.ignoreSkipped:${formatCount(skipped, locale)}:COUNT: waren intussen gesloten of gewijzigd.`;
  return `${done} ${left}`.trim();
}
