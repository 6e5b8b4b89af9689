const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Tussenvoegsels and articles: ignored in keys, light in comparisons (case C14). */
export const particles = words(`
  van de den der des del della het in op aan bij ten ter te tot uit voor onder over la le les du da di dos el
  von zu zum zur vom und et the and of en vd vdr`);

/** Forms of address and academic titles in front of (or behind) a person's name. */
export const titles = words(`
  dhr heer hr mevr mevrouw mw mej mejuffrouw fam familie ing ir drs mr dr prof bsc msc mba herr frau mme mister mrs ms
  erven weduwe wed ds`);

/**
 * Words by which the companies of one group differ from each other. A difference here is another legal entity.
 * Each maps to the spelling that stands for all its variants.
 */
export const groupWords: Readonly<Record<string, string>> = {
  holding: 'holding', holdings: 'holding', houdstermaatschappij: 'holding', houdster: 'holding', hld: 'holding',
  beheer: 'beheer', beheersmaatschappij: 'beheer', beheermaatschappij: 'beheer', beheersmij: 'beheer', beheermij: 'beheer',
  vastgoed: 'vastgoed', vastgoedmaatschappij: 'vastgoed', vastgoedbeheer: 'vastgoed', immobilien: 'vastgoed',
  immo: 'vastgoed', immobilier: 'vastgoed', realestate: 'vastgoed', grondbezit: 'vastgoed', grondbank: 'vastgoed',
  onroerendgoed: 'onroerendgoed', og: 'onroerendgoed',
  pensioen: 'pensioen', pensioenfonds: 'pensioen', pensioenbv: 'pensioen',
  exploitatie: 'exploitatie', exploitatiemaatschappij: 'exploitatie', exploitatiemij: 'exploitatie',
  personeel: 'personeel', payroll: 'personeel', personeelsdiensten: 'personeel', personeelsbv: 'personeel',
  groep: 'groep', group: 'groep', groupe: 'groep', gruppe: 'groep', concern: 'groep',
  management: 'management', managementbv: 'management', mgt: 'management',
  participatie: 'participatie', participaties: 'participatie', participatiemaatschappij: 'participatie',
  participations: 'participatie', beteiligung: 'participatie', beteiligungen: 'participatie', deelnemingen: 'participatie',
  invest: 'invest', investment: 'invest', investments: 'invest', investering: 'invest', investeringen: 'invest',
  beleggingen: 'beleggingen', belegging: 'beleggingen', capital: 'capital', kapitaal: 'capital',
  finance: 'finance', financiering: 'finance', financieringen: 'finance', financial: 'finance',
  materieel: 'materieel', materieeldienst: 'materieel', ontwikkeling: 'ontwikkeling',
  projectontwikkeling: 'ontwikkeling', ontwikkelingsmaatschappij: 'ontwikkeling', werkmaatschappij: 'werkmaatschappij',
  intellectualproperty: 'ip', stak: 'administratiekantoor',
};

/** Written together in comparisons: two words that name one group function. */
export const groupPhrases: Readonly<Record<string, string>> = {
  'onroerend goed': 'onroerendgoed', 'onroerende goederen': 'onroerendgoed', 'real estate': 'realestate',
  'o g': 'onroerendgoed', 'intellectual property': 'intellectualproperty',
};

/** One spelling for words that are written in several ways. */
export const spellings: Readonly<Record<string, string>> = {
  gebroeders: 'gebr', gebroeder: 'gebr', gbr: 'gebr', gebrs: 'gebr', gebruder: 'gebr', zonen: 'zn', zoon: 'zn', zns: 'zn',
  sohne: 'zn', maatschappij: 'mij', maatsch: 'mij', mpij: 'mij', compagnie: 'co', company: 'co', cie: 'co', comp: 'co',
  internat: 'international', int: 'international', intern: 'international', ned: 'nederland', nederlandse: 'nederland',
  installatiebedrijf: 'installatiebedrijf', installbedrijf: 'installatiebedrijf', instbedrijf: 'installatiebedrijf',
  bouwbedr: 'bouwbedrijf', aannbedr: 'aannemersbedrijf', aannemersbedr: 'aannemersbedrijf', aanbedr: 'aannemersbedrijf',
  schildersbedr: 'schildersbedrijf', loodgietersbedr: 'loodgietersbedrijf', handelsond: 'handelsonderneming',
  techn: 'techniek', techniques: 'techniek', electro: 'elektro', electra: 'elektra', electrotechniek: 'elektrotechniek',
};

/** Trades and general company words: many companies carry them, so equal ones say little. */
export const commonWords = words(`
  bouw bouwbedrijf bouwbedrijven bouwgroep bouwonderneming aannemer aannemers aannemersbedrijf aannemingsbedrijf aanneming
  techniek technieken technisch technische installatie installaties installatiebedrijf installatietechniek elektro elektra
  elektrotechniek loodgieter loodgieters loodgietersbedrijf timmerwerk timmerwerken timmerbedrijf timmerfabriek schilder
  schilders schilderwerken schildersbedrijf stukadoor stukadoors stucadoor stuc stukadoorsbedrijf metselwerk metselwerken
  metselbedrijf tegels tegelzetter tegelzetters tegelwerken dak daken dakwerken dakbedekking dakdekker dakdekkers kozijnen
  glas glashandel grondwerk grondwerken grondverzet sloopwerken sloop sloopbedrijf straatmakers bestrating bestratingen wegen
  wegenbouw infra hoveniers hovenier hoveniersbedrijf tuin tuinen tuinbouw beton betonbouw staal staalbouw metaal
  metaalbewerking constructie constructies hout houthandel steigerbouw steigers isolatie isolatiebedrijf verhuur transport
  transporten logistiek handel handelsonderneming onderneming bedrijf bedrijven groothandel import export advies adviesbureau
  adviesgroep bureau consultancy consulting engineering ingenieurs ingenieursbureau architect architecten architectenbureau
  accountants administratie administratiekantoor belastingadvies advocaten notarissen makelaardij makelaars verzekeringen
  interieur interieurbouw keukens meubelen projecten project producten product services service diensten dienstverlening
  onderhoud onderhoudsbedrijf beheer automatisering software it ict media reclame drukkerij design studio systems systemen
  zorg kinderopvang tandartsen apotheek garage autobedrijf automotive auto fietsen horeca restaurant cafe hotel slagerij
  bakkerij bakkers kappers fitness textiel agro bloemen boomkwekerij veehandel zuivel recycling milieu energie zonneenergie
  zonnepanelen zonnepark wind solar koeltechniek klimaat klimaattechniek beveiliging schoonmaak schoonmaakbedrijf uitzendbureau
  detachering machines machinebouw materialen bouwmaterialen bouwservice renovatie totaalbouw afbouw woningbouw wonen
  optiek webdesign nieuwbouw verbouw montage montagebedrijf service totaal algemeen algemene centrale centrum nationaal
  noord zuid oost west midden nederland holland europa international group partners team global gebr zn co mij
  bau baugesellschaft handels hoch tiefbau elektrik sanitar heizung transporte`);

/** Surnames so frequent in the Netherlands that an equal one says little (CBS/Meertens: the most frequent ones). */
export const commonSurnames = words(`
  jansen janssen jong vries berg bakker dijk visser smit meijer meyer boer mulder groot bos vos peters hendriks dekker leeuwen
  brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen veen broek bruijn bruin heuvel willems hoek koning
  maas verhoeven prins blom huisman peeters kuijpers jonge veenstra kramer hermans schouten wal koster bosch wolters
  postma martens evers ven brink kuipers hoekstra vliet bosman driessen hofman molen scholten timmermans sanders jonker
  mol kuiper schipper hoeven jager doorn verbeek pol beek veldhuizen horst dam muller schmidt schneider fischer weber`);

/** What is written in front of the name of a relation that is out of use. */
export const retiredMarks: readonly RegExp[] = [
  /^[*#!.\-_\s]+/, /^z{2,}[\s\-_.:]+/, /^x{2,}[\s\-_.:]+/,
  /^[([]?\s*(oud|vervallen|opgeheven|dubbel|dubbele|niet (meer )?gebruiken|niet actief|inactief|geblokkeerd|blocked|old)\s*[)\]:\-!]+\s*/,
  /^(niet (meer )?gebruiken|vervallen|dubbel)\s+(?=\S+\s)/,
  /\s*[([]\s*(oud|vervallen|opgeheven|dubbel|dubbele|niet (meer )?gebruiken|niet actief|inactief|geblokkeerd|old)\s*[)\]]\s*$/,
];
