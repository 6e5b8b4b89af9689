// Without "ten", which is a particle in Dutch names.
const units: readonly string[] =
  'zero one two three four five six seven eight nine - eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens: readonly string[] = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Writes English number words below a hundred in digits: "Forty-Four", "Forty 4" and "44" are one spelling. */
export function numbersInDigits(words: readonly string[]): string[] {
  const written: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const ten = tens.indexOf(word);
    const unit = /^[1-9]$/.test(word) ? Number(word) : units.indexOf(word);
    if (isOpen && unit > 0 && unit < 10) written.push(String(Number(written.pop()) + unit));
    else if (ten > 1) written.push(String(ten * 10));
    else written.push(unit > 0 ? String(unit) : word);
    isOpen = ten > 1;
  }
  return written;
}
