import { groupPhrases, groupWords, spellings } from './name-words.js';
import { numbersInDigits } from './number-words.js';

const wordsMax = 16;
const dottedLetters = /(?<![a-z0-9])[a-z](?:\.[a-z])+(?:\.|(?![a-z0-9]))/g;
const hyphenedLetters = /(?<![a-z0-9])[a-z](?:-[a-z])+(?![a-z0-9])/g;
const apostrophes = /(?<![a-z0-9])['`]\s?[nst](?![a-z0-9])|(?<![a-z0-9])[dl]['`](?=[a-z])/g;
const looseT = /(?<=(?:^|\s)(?:in|van|op|aan|over|uit|bij|onder|voor) )t(?=\s)/g;
/** "Aann.bedr.", "Inst. bedr.": one word, shortened twice. */
const dottedTrade = /(?<![a-z0-9])([a-z]{3,})\.\s?bedr(?![a-z])\.?/g;

/** A name's words, and which of them were initials: "J.P. de Boer" is jp, de, boer with jp an initial word. */
export function splitWords(folded: string): { words: string[]; initialWords: ReadonlySet<string> } {
  const initialWords = new Set<string>();
  const joinLetters = (letters: string): string => {
    const word = letters.replace(/[^a-z]/g, '');
    initialWords.add(word);
    return ` ${word} `;
  };
  let text = folded;
  if (text.includes('.')) text = text.replace(dottedLetters, joinLetters);
  if (text.includes('-')) text = text.replace(hyphenedLetters, joinLetters);
  if (/['`]|\st\s/.test(text)) text = text.replace(apostrophes, ' ').replace(looseT, ' ');
  // "Jansen's", "Int'l", "Qa'ida": an apostrophe between letters is none.
  if (/['`]/.test(text)) text = text.replace(/(?<=[a-z])['`](?=[a-z])/g, '');
  if (/[&+]/.test(text)) text = text.replace(/[&+]/g, ' en ');
  if (text.includes('bedr')) text = text.replace(dottedTrade, '$1bedr ');
  const words: string[] = [];
  for (const word of text.split(/[^a-z0-9]+/)) {
    if (word && words.length < wordsMax) words.push(spellings.get(word) ?? endingInFull(word));
  }
  return { words: joinPhrases(numbersInDigits(joinSingles(words))), initialWords };
}

// "Timmerbedr." is a "Timmerbedrijf", and a "Bouwmaatschappij" a "Bouwmij"; "Houdstermaatschappij" is a group word as it stands.
function endingInFull(word: string): string {
  if (word.length < endingLettersMin) return word;
  if (word.endsWith('bedr')) return `${word}ijf`;
  return word.endsWith('maatschappij') && !groupWords.has(word) ? `${word.slice(0, -12)}mij` : word;
}

const endingLettersMin = 7;

// "j p" and "b v" are written with blanks as often as with points.
function joinSingles(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const isSingle = word.length === 1 && word >= 'a';
    if (isSingle && isOpen) joined[joined.length - 1] += word;
    else joined.push(word);
    isOpen = isSingle;
  }
  return joined;
}

const phraseEnds: ReadonlySet<string> = new Set(
  [...groupPhrases.keys()].map((phrase) => phrase.split(' ')[1] ?? ''),
);

function joinPhrases(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    if (!phraseEnds.has(word)) {
      joined.push(word);
      continue;
    }
    const phrase = `${joined.at(-1) ?? ''} ${word}`;
    const meaning = groupPhrases.get(phrase);
    if (meaning === undefined) joined.push(word);
    else joined[joined.length - 1] = meaning;
  }
  return joined;
}
