/** A text without the words that its group's heading says already: "Dubbel: De Eik" below "Dubbel" is "De Eik". */
export function ownTitle(title: string, groupTitle: string): string {
  const prefix = `${groupTitle}: `;
  return title.startsWith(prefix) && title.length > prefix.length ? title.slice(prefix.length) : title;
}

/**
 * The sentences that end every explanation of a group, to be said once above it. Nothing for fewer than two
 * explanations: there is no group to speak of.
 */
export function sharedAdvice(explanations: readonly string[]): string {
  const [first, ...others] = explanations.map(sentencesOf);
  if (!first || others.length === 0) return '';
  const isShared = (fromEnd: number) => others.every((other) => other.at(-fromEnd) === first.at(-fromEnd));
  let count = 0;
  while (count < first.length && isShared(count + 1)) count += 1;
  return count === 0 ? '' : first.slice(-count).join(' ');
}

/** What an explanation says besides the shared advice. */
export function ownExplanation(explanation: string, advice: string): string {
  return explanation.endsWith(advice)
    ? explanation.slice(0, explanation.length - advice.length).trim()
    : explanation;
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/);
