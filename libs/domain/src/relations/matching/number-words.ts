// Without "ten", which is a particle in Dutch names.
const units: ReadonlyMap<string, number> = numbered(
  '- one two three four five six seven eight nine - eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  1,
);
const tens: ReadonlyMap<string, number> = numbered(
  '- - twenty thirty forty fifty sixty seventy eighty ninety',
  10,
);

function numbered(words: string, step: number): Map<string, number> {
  return new Map(words.split(' ').map((word, at) => [word, at * step]));
}

/** Writes English number words below a hundred in digits: "Forty-Four", "Forty 4" and "44" are one spelling. */
export function numbersInDigits(words: readonly string[]): string[] {
  const written: string[] = [];
  let openTen = 0;
  for (const word of words) {
    const unit = units.get(word) ?? (openTen > 0 && /^[1-9]$/.test(word) ? Number(word) : 0);
    const ten = tens.get(word) ?? 0;
    if (openTen > 0 && unit > 0 && unit < 10) written[written.length - 1] = String(openTen + unit);
    else written.push(unit + ten > 0 ? String(unit + ten) : word);
    openTen = ten;
  }
  return written;
}
