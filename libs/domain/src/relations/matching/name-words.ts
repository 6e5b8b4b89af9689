/** Reads "spelling = variant, variant" lines (indented lines go on); gives the spelling of each variant. */
export function variants(text: string): ReadonlyMap<string, string> {
  const entries = text
    .trim()
    .replace(/,\n\s+/g, ', ')
    .split('\n')
    .flatMap((line) => {
      const [spelling = '', list = ''] = line.split(' = ');
      return list.split(', ').map((variant): [string, string] => [variant, spelling]);
    });
  return new Map(entries);
}

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
 * Each maps to the spelling that stands for all its variants; words of one meaning stay apart, because one group often
 * has a Holding and a Houdstermaatschappij.
 */
export const groupWords: ReadonlyMap<string, string> = variants(`
holding = holding, holdings, hld
houdster = houdster, houdstermaatschappij, houdstermij
beheer = beheer, beheersmaatschappij, beheermaatschappij, beheersmij, beheermij
vastgoed = vastgoed, vastgoedmaatschappij
vastgoedbeheer = vastgoedbeheer
immo = immobilien, immo, immobilier
realestate = realestate
grond = grondbezit, grondbank
onroerendgoed = onroerendgoed, og, onroerendegoederen, onroerendezaken
pensioen = pensioen, pensioenfonds, pensioenbv
exploitatie = exploitatie, exploitatiemaatschappij, exploitatiemij, expl
personeel = personeel, personeelsbv
payroll = payroll
personeelsdiensten = personeelsdiensten
groep = groep, group, groupe, gruppe, concern
management = management, managementbv, mgt, mgmt, mngt
participatie = participatie, participaties, participatiemaatschappij, participations
beteiligung = beteiligung, beteiligungen
deelnemingen = deelnemingen, deelneming
invest = invest, investment, investments, investering, investeringen
beleggingen = beleggingen, belegging
capital = capital, kapitaal
finance = finance, financiering, financieringen, financial
materieel = materieel, materieeldienst
ontwikkeling = ontwikkeling, ontwikkelingen, projectontwikkeling, ontwikkelingsmaatschappij, ontwikkelingsmij
werkmaatschappij = werkmaatschappij
personeelsvereniging = personeelsvereniging
combinatie = bouwcombinatie, combinatie, aannemerscombinatie
ip = intellectualproperty
administratiekantoor = stak`);

/** Written together in comparisons: two words that are one, most of them a group function. */
export const groupPhrases: ReadonlyMap<string, string> = variants(`
onroerendgoed = onroerend goed, o g
onroerendegoederen = onroerende goederen
onroerendezaken = onroerende zaken
realestate = real estate
us = united states
noordoost = noord oost
noordwest = noord west
zuidoost = zuid oost
zuidwest = zuid west
intellectualproperty = intellectual property`);

/** One spelling for words that are written in several ways. */
export const spellings: ReadonlyMap<string, string> = variants(`
gebr = gebroeders, gebroeder, gbr, gebrs, gebruder
zn = zonen, zoon, zns, sohne
mij = maatschappij, maatsch, mpij
co = compagnie, company, cie, comp
international = internat, int, intern, intl
first = 1st
second = 2nd
third = 3rd
nederland = ned, nederlandse
installatiebedrijf = installatiebedrijf, installbedrijf, instbedrijf, installbedr, instbedr
timmerbedrijf = timmbedr
metselbedrijf = metsbedr
stukadoorsbedrijf = stukbedr, stucbedr
bouwbedrijf = bouwbedr
aannemersbedrijf = aannbedr, aanbedr, aannemersbedr
schildersbedrijf = schildbedr
loodgietersbedrijf = loodgbedr
handelsonderneming = handelsond
techniek = techn, techniques
elektro = electro
elektra = electra
elektrotechniek = electrotechniek`);

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
  laswerk laswerken hekwerken heiwerken kitwerken voegwerken lasbedrijf glasbedrijf voegbedrijf verhuisbedrijf verhuurbedrijf
  loonbedrijf verhuizingen vervoer veevoer bevestiging bevestigingen fundering funderingen sondering sonderingen sanering saneringen
  riolering rioleringen zonwering zonweringen vloeren leidingen sanitair netwerken waterbouw houtbouw stalbouw stallenbouw wagenbouw
  standbouw bouwkunde bouwkundig innovatie innovaties instructie opleidingen hypotheken apotheken vishandel kaashandel verfhandel
  wijnhandel beveiligingen puien puin goten dakgoten boten bouwmij handelmij handelsmij aannemingsmij
  optiek webdesign nieuwbouw verbouw montage montagebedrijf service totaal algemeen algemene centrale centrum nationaal
  noord zuid oost west midden noordoost noordwest zuidoost zuidwest oostelijk westelijk nederland holland europa international group partners team global gebr zn co mij
  bau baugesellschaft handels hoch tiefbau elektrik sanitar heizung transporte`);

/** Surnames so frequent in the Netherlands that an equal one says little (CBS/Meertens: the most frequent ones). */
export const commonSurnames = words(`
  jansen janssen jong vries berg bakker dijk visser smit meijer meyer boer mulder groot bos vos peters hendriks dekker leeuwen
  brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen veen broek bruijn bruin heuvel willems hoek koning
  maas verhoeven prins blom huisman peeters kuijpers jonge veenstra kramer hermans schouten wal koster bosch wolters
  postma martens evers ven brink kuipers hoekstra vliet bosman driessen hofman molen scholten timmermans sanders jonker
  mol kuiper schipper hoeven jager doorn verbeek pol beek veldhuizen horst dam muller schmidt schneider fischer weber`);

/** What follows in a name is for whom or about what, and not part of it. */
export const addressees = /\s+(?:t\.?\s?a\.?\s?v\.?|ter attentie van|inzake|betreft|c\/o|p\/a)\s.*$/;

/** What is written in front of the name of a relation that is out of use. */
export const retiredMarks: readonly RegExp[] = [
  /^[*#!.\-_\s]+/,
  /^z{2,}[\s\-_.:]+/,
  /^x{2,}[\s\-_.:]+/,
  /^[([]?\s*(oud|vervallen|opgeheven|dubbel|dubbele|niet (meer )?gebruiken|niet actief|inactief|geblokkeerd|blocked|old)\s*[)\]:\-!]+\s*/,
  /^(niet (meer )?gebruiken|vervallen|dubbel)\s+(?=\S+\s)/,
  /\s+-\s*(oud|vervallen|opgeheven|dubbel|niet (meer )?gebruiken|niet actief|inactief|geblokkeerd)\s*$/,
  /\s*[([]\s*(oud|vervallen|opgeheven|dubbel|dubbele|niet (meer )?gebruiken|niet actief|inactief|geblokkeerd|old)\s*[)\]]\s*$/,
];
