/** What a key asks for on the match page (portal.md: keys there). */
export type MatchCommand =
  | {
      readonly kind:
        'next' | 'previous' | 'same' | 'different' | 'unsure' | 'explain' | 'undo' | 'search' | 'split';
    }
  | { readonly kind: 'field'; readonly step: 1 | -1 }
  | { readonly kind: 'lead'; readonly index: number };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the focus is where a person types text. */
  readonly isTyping: boolean;
}

const letters: Readonly<Record<string, MatchCommand>> = {
  j: { kind: 'next' },
  k: { kind: 'previous' },
  a: { kind: 'same' },
  n: { kind: 'different' },
  u: { kind: 'unsure' },
  e: { kind: 'explain' },
  s: { kind: 'split' },
  z: { kind: 'undo' },
  '/': { kind: 'search' },
  arrowdown: { kind: 'field', step: 1 },
  arrowup: { kind: 'field', step: -1 },
};

/** The command of a key press; nothing while typing or together with a modifier, as those belong to the browser. */
export function matchCommand(press: KeyPress): MatchCommand | undefined {
  if (press.isTyping || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (/^[1-9]$/.test(press.key)) return { kind: 'lead', index: Number(press.key) - 1 };
  return letters[press.key.toLowerCase()];
}
