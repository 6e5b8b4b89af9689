import { editsBetween } from './edit-distance.js';
import { groupWords, particles } from './name-words.js';

const romans: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  x: '10',
  xi: '11',
  xii: '12',
  xiii: '13',
  xiv: '14',
  xv: '15',
  xvi: '16',
  xvii: '17',
  xviii: '18',
  xix: '19',
  xx: '20',
};

/** Takes group words and series numerals out of a name; what is left is never empty or only particles. */
export function takeGroupParts(words: readonly string[]): { core: string[]; group: string; numeral: string } {
  const core: string[] = [];
  const group: string[] = [];
  let numeral = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const number = i > 0 ? numeralOf(word, i === words.length - 1) : '';
    const groupWord = groupWordOf(word);
    if (number) numeral = numeral ? `${numeral}.${number}` : number;
    else if (groupWord) group.push(groupWord);
    else core.push(word);
  }
  if (core.every((word) => particles.has(word))) return { core: [...words], group: '', numeral: '' };
  return { core, group: [...new Set(group)].sort().join('+'), numeral };
}

function numeralOf(word: string, isLast: boolean): string {
  if (/^\d{1,2}$/.test(word)) return String(Number(word));
  const isSafe = word.length > 1 || isLast;
  return isSafe && Object.hasOwn(romans, word) ? (romans[word] ?? '') : '';
}

const groupSpellings = Object.keys(groupWords).filter((word) => word.length >= 5);

/** The group word that `word` is, one slip of the pen allowed ("Grop", "Personeeel"); empty when it is none. */
export function groupWordOf(word: string): string {
  if (Object.hasOwn(groupWords, word)) return groupWords[word] ?? '';
  if (word.length < 4) return '';
  for (const spelling of groupSpellings) {
    // A replaced letter makes other words of the short ones: groep, groen.
    const isAllowed = spelling.length >= 7 || spelling.length !== word.length || word[0] !== spelling[0];
    const isNear = Math.abs(spelling.length - word.length) <= 1 && isAllowed && sharesAnEnd(word, spelling);
    if (isNear && editsBetween(word, spelling) === 1) {
      return groupWords[spelling] ?? '';
    }
  }
  return '';
}

// One slip leaves the first or the last two letters as they are; this is cheaper than a distance.
function sharesAnEnd(word: string, spelling: string): boolean {
  return (
    (word[0] === spelling[0] && word[1] === spelling[1]) ||
    (word.at(-1) === spelling.at(-1) && word.at(-2) === spelling.at(-2))
  );
}
