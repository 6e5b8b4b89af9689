import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { getDomain } from 'tldts';
import { isFillerNumber, isPlaceholder, isPlaceholderKey } from './junk-values.js';
import { foldText } from './normalise-text.js';

/** Providers whose domain says nothing about the company behind a mailbox. Second-level names, any ending. */
const mailProviders: ReadonlySet<string> = new Set([
  'gmail',
  'googlemail',
  'hotmail',
  'outlook',
  'live',
  'msn',
  'yahoo',
  'ymail',
  'icloud',
  'me',
  'mac',
  'aol',
  'gmx',
  'proton',
  'protonmail',
  'web',
  't-online',
  'freenet',
  'ziggo',
  'kpnmail',
  'kpnplanet',
  'planet',
  'hetnet',
  'xs4all',
  'upcmail',
  'chello',
  'casema',
  'home',
  'quicknet',
  'zonnet',
  'tele2',
  'telfort',
  'telfortglasvezel',
  'solcon',
  'kabelfoon',
  'caiway',
  'online',
  'onsbrabantnet',
  'telenet',
  'skynet',
  'proximus',
  'scarlet',
  'pandora',
  'versatel',
  'wanadoo',
  'orange',
  'mail',
  'zeelandnet',
  'filternet',
  'hccnet',
  'concepts',
  'delta',
  'base',
  'voo',
  'box',
  'arcor',
]);

/** Domains that host anybody's page; equal ones are no evidence. */
const hostingDomains: ReadonlySet<string> = new Set([
  'facebook.com',
  'linkedin.com',
  'instagram.com',
  'google.com',
  'marktplaats.nl',
  'werkspot.nl',
  'wixsite.com',
  'wordpress.com',
  'jimdo.com',
  'twitter.com',
  'x.com',
  'youtube.com',
  'exact.com',
  'example.com',
  'webnode.nl',
]);

const freeText = /[;,|]|\s+of\s+|\s+/;

/** An e-mail address in comparison form (first one when there are several), or null when it is absent or filler. */
export function normaliseEmail(text: string | null | undefined): string | null {
  if (isPlaceholder(text)) return null;
  const first = mendEmail(foldText(text))
    .split(freeText)
    .find((part) => part.includes('@'));
  const parts = /^<?([a-z0-9._%+'\-]+)@([a-z0-9.\-]+\.[a-z]{2,})>?$/.exec(first ?? '');
  if (!parts?.[1] || !parts[2]) return null;
  const host = parts[2].replace(/\.{2,}/g, '.');
  const hostName = host.slice(0, host.lastIndexOf('.'));
  if (isPlaceholderKey(parts[1]) || isPlaceholderKey(hostName) || /^(invalid|localhost)$/.test(hostName))
    return null;
  return host === parts[2] && first && !first.startsWith('<') && !first.endsWith('>')
    ? first
    : `${parts[1]}@${host}`;
}

// "info @deeik.nl", "info@deeik,nl" and "info@deeik.nl." are written in a hurry.
function mendEmail(folded: string): string {
  if (!/[ ,:]|\.$/.test(folded)) return folded;
  return folded
    .replace(/^mailto:/, '')
    .replace(/\s*@\s*/g, '@')
    .replace(/,(nl|com|be|de|eu|net|org)$/, '.$1')
    .replace(/\.$/, '');
}

/** The company's domain behind an address, or null for a provider such as gmail. */
export function domainOfEmail(email: string | null): string | null {
  return email ? companyDomain(email.slice(email.indexOf('@') + 1)) : null;
}

/** The registrable domain of a website, or null when absent, filler or a host that serves anybody. */
export function normaliseWebsite(text: string | null | undefined): string | null {
  if (isPlaceholder(text)) return null;
  const first =
    foldText(text)
      .replace(/^(https?[:/\\]+)?(www,)?/, '')
      .split(/[;,|\s]+/)[0] ?? '';
  const domain = companyDomain(first);
  return domain && !isPlaceholderKey(domain.slice(0, domain.indexOf('.'))) ? domain : null;
}

function companyDomain(hostOrUrl: string): string | null {
  const domain = getDomain(hostOrUrl);
  if (!domain || hostingDomains.has(domain)) return null;
  return mailProviders.has(domain.slice(0, domain.indexOf('.'))) ? null : domain;
}

/**
 * A phone number as +countrydigits, or null when absent or filler. Dutch, Belgian and German spellings are read here
 * (libphonenumber is right but 50 times slower); every other one by libphonenumber.
 */
export function normalisePhone(
  text: string | null | undefined,
  country: string | null = null,
): string | null {
  if (isPlaceholder(text)) return null;
  const written = (text ?? '').normalize('NFKC').replace(/\(0\)/g, '');
  const [first = ''] = written.replace(extension, '').split(/[;,|]|\s+of\s+/i);
  const compact = beforeSlash(first)
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+');
  const digits = compact.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15 || isFillerPhone(digits)) return null;
  return familiarPhone(compact, country ?? 'NL') ?? foreignPhone(compact, country ?? 'NL');
}

const extension = /\s*\b(?:tst|toestel|ext|intern)\b\.?:?\s*\d+\s*$/i;

// "020-1234567 / 06-12345670" are two numbers, "020/1234567" is one with its area code apart.
function beforeSlash(text: string): string {
  const slash = text.indexOf('/');
  if (slash < 0 || text.slice(0, slash).replace(/\D/g, '').length < areaDigitsMax) return text;
  return text.slice(0, slash);
}

const areaDigitsMax = 8;

// 06-12345678 and 020-0000000 have a real beginning.
function isFillerPhone(digits: string): boolean {
  const number = digits.replace(/^(31|32|49|0)+/, '');
  return isFillerNumber(number) || isFillerNumber(number.replace(/^6/, '')) || /(\d)\1{6}$/.test(number);
}

const dialCodes: Readonly<Record<string, string>> = { NL: '31', BE: '32', DE: '49' };

function familiarPhone(compact: string, country: string): string | null {
  const dialCode = dialCodes[country];
  if (/^\+31[1-9]\d{8}$/.test(compact) || /^\+(32|49)[1-9]\d{7,10}$/.test(compact)) return compact;
  if (/^\+(31|32|49)0[1-9]\d{7,10}$/.test(compact)) return compact.slice(0, 3) + compact.slice(4);
  if (/^31[1-9]\d{8}$/.test(compact) && country === 'NL') return `+${compact}`;
  if (!dialCode || !/^0[1-9]\d+$/.test(compact)) return null;
  const isWhole = country === 'NL' ? compact.length === 10 : compact.length >= 9;
  return isWhole ? `+${dialCode}${compact.slice(1)}` : null;
}

function foreignPhone(compact: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(compact, country as CountryCode); // an unknown code gives undefined
  return parsed?.isPossible() ? parsed.number : null;
}
