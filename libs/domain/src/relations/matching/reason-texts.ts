/** A sentence per language; {param} stands for a value of the reason. */
export interface ReasonText {
  readonly nl: string;
  readonly en: string;
}

const text = (nl: string, en: string): ReasonText => ({ nl, en });

/** The sentence behind every reason key: contributions, vetoes and holds. */
export const reasonTexts = {
  prior: text(
    'uitgangspunt: twee willekeurige relaties zijn zelden dezelfde',
    'starting point: two relations are seldom the same',
  ),
  'kvk-equal': text('zelfde KvK-nummer ({value})', 'same KvK number ({value})'),
  'kvk-equal-shared': text(
    'KvK-nummer {value} staat bij {companies} bedrijven en telt daarom niet mee',
    'KvK number {value} stands with {companies} companies and counts for nothing',
  ),
  'kvk-near': text(
    'KvK-nummers verschillen één cijfer ({a} en {b})',
    'KvK numbers differ in one digit ({a} and {b})',
  ),
  'kvk-different': text('verschillende KvK-nummers ({a} en {b})', 'different KvK numbers ({a} and {b})'),
  'vat-equal': text('zelfde btw-nummer', 'same VAT number'),
  'vat-suffix': text('zelfde btw-nummer, ander achtervoegsel', 'same VAT number, other suffix'),
  'vat-equal-in-group': text(
    'zelfde btw-nummer bij verschillende KvK-nummers: waarschijnlijk een fiscale eenheid',
    'same VAT number with different KvK numbers: probably a fiscal unity',
  ),
  'vat-different': text('verschillende btw-nummers', 'different VAT numbers'),
  'rsin-equal': text('zelfde RSIN', 'same RSIN'),
  'rsin-different': text('verschillende RSIN-nummers', 'different RSINs'),
  'iban-equal': text('zelfde bankrekening ({value})', 'same bank account ({value})'),
  'iban-equal-shared': text(
    'bankrekening {value} wordt door {companies} bedrijven gebruikt en telt daarom niet mee',
    'bank account {value} is used by {companies} companies and counts for nothing',
  ),
  'mail-equal': text('zelfde e-mailadres ({value})', 'same e-mail address ({value})'),
  'mail-equal-shared': text(
    'e-mailadres {value} wordt door {companies} bedrijven gebruikt en telt daarom niet mee',
    'e-mail address {value} is used by {companies} companies and counts for nothing',
  ),
  'domain-equal': text('zelfde internetdomein ({value})', 'same internet domain ({value})'),
  'domain-equal-shared': text(
    'domein {value} wordt door {companies} bedrijven gebruikt en telt daarom niet mee',
    'domain {value} is used by {companies} companies and counts for nothing',
  ),
  'domain-different': text('verschillende internetdomeinen', 'different internet domains'),
  'phone-equal': text('zelfde telefoonnummer ({value})', 'same phone number ({value})'),
  'phone-equal-shared': text(
    'telefoonnummer {value} wordt door {companies} bedrijven gebruikt en telt daarom niet mee',
    'phone number {value} is used by {companies} companies and counts for nothing',
  ),
  'phone-different': text('verschillende telefoonnummers', 'different phone numbers'),
  'address-same': text('zelfde adres', 'same address'),
  'address-same-shared': text(
    'op dit adres zitten {companies} bedrijven, daarom telt het niet mee',
    '{companies} companies share this address, so it counts for nothing',
  ),
  'name-among-sharers': text(
    'van de bedrijven die een waarde delen hebben alleen deze twee dezelfde naam',
    'of the companies that share a value only these two have the same name',
  ),
  'address-addition': text('zelfde huisnummer, andere toevoeging', 'same house number, other addition'),
  'address-addition-shared': text(
    'in dit pand zitten {companies} bedrijven, daarom telt het niet mee',
    '{companies} companies share this building, so it counts for nothing',
  ),
  'address-near': text('zelfde postcode', 'same postcode'),
  'address-area': text('zelfde plaats', 'same town'),
  'address-elsewhere': text('verschillende adressen', 'different addresses'),
  'name-equal': text('zelfde naam', 'same name'),
  'name-typo': text('zelfde naam op een schrijffout na', 'same name but for a slip of the pen'),
  'name-initials': text('zelfde achternaam, voorletters passen', 'same surname, initials fit'),
  'name-contained': text('de ene naam staat in de andere', 'one name is part of the other'),
  'name-similar': text('namen lijken op elkaar', 'names look alike'),
  'name-different': text('verschillende namen', 'different names'),
  'other-person': text('zelfde achternaam, andere persoon', 'same surname, other person'),
  'form-equal': text('zelfde rechtsvorm ({value})', 'same legal form ({value})'),
  'form-implied': text(
    'rechtsvorm staat maar bij één van beide ({a} en {b})',
    'only one states its legal form ({a} and {b})',
  ),
  'form-different': text('verschillende rechtsvormen ({a} en {b})', 'different legal forms ({a} and {b})'),
  'form-incompatible': text(
    'onverenigbare rechtsvormen ({a} en {b})',
    'legal forms that exclude each other ({a} and {b})',
  ),
  'group-different': text(
    'verschillende groepswoorden in de naam ({a} en {b})',
    'different group words in the name ({a} and {b})',
  ),
  'numeral-different': text(
    'verschillende volgnummers in de naam ({a} en {b})',
    'different numerals in the name ({a} and {b})',
  ),
  'place-same': text('zelfde plaats in de naam ({value})', 'same place in the name ({value})'),
  'place-unsure': text(
    'maar in één van beide namen is een plaats herkend ({a} en {b})',
    'a place is recognised in only one of the names ({a} and {b})',
  ),
  'place-elsewhere': text(
    'verschillende plaatsen in de naam ({a} en {b})',
    'different places in the name ({a} and {b})',
  ),
  'code-equal': text(
    'zelfde relatiecode ({value}); slechts een aanwijzing',
    'same relation code ({value}); only a hint',
  ),
  'judged-same': text(
    'een gebruiker heeft beslist dat dit dezelfde is',
    'a person decided that these are the same',
  ),
  'veto-judged-different': text(
    'een gebruiker heeft beslist dat dit niet dezelfde is',
    'a person decided that these are not the same',
  ),
  'veto-kvk': text(
    'verschillende KvK-nummers ({a} en {b}): niet dezelfde rechtspersoon',
    'different KvK numbers ({a} and {b}): not one legal entity',
  ),
  'veto-vat': text(
    'verschillende geldige btw-nummers in één land',
    'different valid VAT numbers in one country',
  ),
  'veto-rsin': text('verschillende geldige RSIN-nummers', 'different valid RSINs'),
  'veto-own-company': text(
    'één van beide is een eigen administratie',
    'one of the two is an administration of your own',
  ),
  'veto-group': text(
    'ander bedrijf binnen een groep ({a} en {b})',
    'another company of one group ({a} and {b})',
  ),
  'veto-numeral': text(
    'ander bedrijf uit een reeks ({a} en {b})',
    'another company of a series ({a} and {b})',
  ),
  'veto-place': text(
    'andere vestiging van een formule ({a} en {b})',
    'another branch of a franchise ({a} and {b})',
  ),
  'veto-form': text(
    'rechtsvormen sluiten elkaar uit ({a} en {b})',
    'legal forms exclude each other ({a} and {b})',
  ),
  'veto-person-company': text(
    'de ene is een persoon, de andere een bedrijf',
    'one is a person, the other a company',
  ),
  'veto-other-person': text(
    'zelfde achternaam, maar andere voornaam of voorletters',
    'same surname, but other given name or initials',
  ),
  'hold-same-administration': text(
    'beide staan in dezelfde administratie: mogelijk dubbel',
    'both are in one administration: possibly doubles',
  ),
  'hold-other-address': text(
    'het adres verschilt: verhuisd, of een andere vestiging?',
    'the address differs: moved, or another establishment?',
  ),
  'hold-branch': text('verschillende vestigingsnummers', 'different branch numbers'),
  'hold-kvk-near': text(
    'schrijffout in een KvK-nummer? ({a} en {b})',
    'a slip of the pen in a KvK number? ({a} and {b})',
  ),
  'hold-vat-only': text(
    'alleen het btw-nummer is gelijk, en dat kan van een groep zijn',
    'only the VAT number agrees, which a group may share',
  ),
  'hold-name': text('de namen zijn niet zeker dezelfde', 'the names are not certainly the same'),
  'hold-form': text('is de rechtsvorm dezelfde? ({a} en {b})', 'is the legal form the same? ({a} and {b})'),
  'hold-place': text(
    'hoort de plaats bij de naam? ({a} en {b})',
    'is the place part of the name? ({a} and {b})',
  ),
  'hold-rival': text('er is een andere kandidaat die net zo goed past', 'another candidate fits as well'),
  'hold-chain': text(
    'samenvoegen zou ook relaties samenvoegen die elkaar tegenspreken',
    'joining would also join relations that contradict each other',
  ),
  'hold-registration': text(
    'de namen zijn gelijk maar de nummers niet: schrijffout of nieuwe rechtsvorm?',
    'equal names but other numbers: a slip of the pen or a new legal form?',
  ),
  'released-by-answers': text(
    'vragen van deze soort waarbij zoveel overeenkomt zijn steeds met "dezelfde" beantwoord',
    'questions of this kind with as much in common were always answered with "same"',
  ),
  'set-aside-form': text(
    'opzij gezet: één naam met een andere rechtsvorm was {answers} keer "niet dezelfde"',
    'set aside: one name with another legal form was "not the same" {answers} times',
  ),
  'set-aside-registration': text(
    'opzij gezet: één naam met andere registratienummers was {answers} keer "niet dezelfde"',
    'set aside: one name with other registration numbers was "not the same" {answers} times',
  ),
  'set-aside-place': text(
    'opzij gezet: één naam met een plaats bij één van beide was {answers} keer "niet dezelfde"',
    'set aside: one name with a town beside one of the two was "not the same" {answers} times',
  ),
  'set-aside-name': text(
    'opzij gezet: één naam met een woord dat er misschien bij hoort was {answers} keer "niet dezelfde"',
    'set aside: one name with a word that may belong to it was "not the same" {answers} times',
  ),
  'hold-no-proof': text(
    'veel overeenkomsten, maar geen daarvan is bewijs',
    'much in common, but none of it is proof',
  ),
} as const satisfies Readonly<Record<string, ReasonText>>;

/** What a reason has for `a` or `b` where one side has no such value. */
export const absentValue = '-';

export type ReasonKey = keyof typeof reasonTexts;

/** Fills a reason's template in a language; an unknown key gives the key itself, so that nothing shows empty. */
export function reasonSentence(
  reason: { key: string; params: Readonly<Record<string, string | number>> },
  language: 'nl' | 'en',
): string {
  const found = Object.hasOwn(reasonTexts, reason.key) ? reasonTexts[reason.key as ReasonKey] : undefined; // checked above
  if (!found) return reason.key;
  const template = withoutAbsent(found[language], reason, language);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(reason.params[name] ?? whole));
}

/** Sentences that say themselves that only one has the value. */
const oneSided: ReadonlySet<string> = new Set(['form-implied', 'place-unsure', 'hold-place', 'hold-form']);
const absent = { nl: '; de andere naam heeft er geen', en: '; the other name has none' } as const;

// "(holding en -)" says less than "(holding; de andere naam heeft er geen)".
function withoutAbsent(
  template: string,
  { key, params }: Parameters<typeof reasonSentence>[0],
  language: 'nl' | 'en',
): string {
  if (params['a'] !== absentValue && params['b'] !== absentValue) return template;
  const known = params['a'] === absentValue ? '{b}' : '{a}';
  return template.replace(/\{a\} (?:en|and) \{b\}/, known + (oneSided.has(key) ? '' : absent[language]));
}

/** What a reason says whatever its values, for a list of reasons; undefined for an unknown key. */
export function reasonName(key: string): ReasonText | undefined {
  const found = Object.hasOwn(reasonTexts, key) ? reasonTexts[key as ReasonKey] : undefined; // checked
  if (!found) return undefined;
  const named = (template: string, several: string) =>
    template
      .replace(/:? ?\([^()]*\{\w+\}[^()]*\)/g, '')
      .replace('{companies}', several)
      .replace(/ ?\{\w+\}/g, '');
  return { nl: named(found.nl, 'meerdere'), en: named(found.en, 'several') };
}
