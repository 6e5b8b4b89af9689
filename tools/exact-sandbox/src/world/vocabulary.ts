/** Surnames as `prefix|name`; all invented combinations of common Dutch names. */
export const SURNAMES: readonly (readonly [string, string])[] = (
  'Jansen,de|Vries,van de|Berg,van den|Broek,Bakker,van|Dijk,Visser,Smit,Meijer,de|Boer,Mulder,de|Groot,Bos,Vos,Peters,' +
  'Hendriks,van|Leeuwen,Dekker,Brouwer,de|Wit,Dijkstra,Smits,de|Graaf,van der|Meer,van der|Linden,Kok,Jacobs,de|Haan,' +
  'Vermeulen,van den|Heuvel,van der|Veen,van den|Bosch,van der|Wal,van|Vliet,Peeters,Timmermans,Groen,Gerritsen,' +
  'Koster,van der|Heijden,Kuipers,Prins,Bosman,Hofman,Huisman,Schouten,van|Beek,Postma,Verhoeven,Willems,van|Dam,' +
  'Kramer,Koning,Molenaar,Maas,Verbeek,van der|Horst,Veenstra,van|Loon,Hoekstra,Blom,Martens,Wolters,Driessen,' +
  "van 't|Hof,Scholten,van|Wijk,Post,Kuiper,Evers,Bosma,Rietveld,Zwart,van|Es,Sanders,Wiersma,de|Bruijn,Hermans," +
  'van|Dongen,Roos,Kooistra,Lammers,ten|Brink,Stam,Tuinstra,Hazelhof,Oosterbaan,ter|Haar,Wolthuis,Kempen,van|Osch,' +
  'Daniëls,Nuñez,Çelik,Yılmaz,Kowalski,Müller,Béguin'
)
  .split(',')
  .map((text) => {
    const parts = text.split('|');
    return parts.length === 2 ? ([parts[0] ?? '', parts[1] ?? ''] as const) : (['', text] as const);
  });

export const FIRST_NAMES: readonly string[] = (
  'Jan Piet Kees Henk Gerrit Willem Johan Hans Peter Erik Mark Rob Bas Tom Lars Daan Sem Bram Koen Joost Wim Ad Theo ' +
  'Marieke Anna Sanne Lotte Femke Ingrid Els Petra Monique Karin Linda Eva Sophie Julia Noor Fatima Aylin Chloé René ' +
  'André Zoë Mehmet Ahmed Pawel Ruud Sjaak Arie Dirk Maarten Niels Jeroen Sander Wouter Thijs Gijs Ruben Stijn'
).split(' ');

/** Trades around a builder, with the shorter writing that people use. */
export const TRADES: readonly (readonly [string, string])[] = (
  'Installatietechniek=Inst.techniek,Loodgietersbedrijf=Loodgieter,Dakwerken=Dakw.,Schildersbedrijf=Schilders,' +
  'Timmerwerken=Timmerw.,Metselbedrijf=Metselw.,Stukadoorsbedrijf=Stukadoors,Grondverzet=Grondw.,Betonboringen=Beton,' +
  'Elektrotechniek=Elektro,Steigerbouw=Steigers,Keukens=Keukens,Tegelhandel=Tegels,Bouwmaterialen=Bouwmat.,' +
  'Houthandel=Hout,Kozijnen=Kozijnen,Glashandel=Glas,Isolatietechniek=Isolatie,Sloopwerken=Sloop,Transport=Transp.,' +
  'Kraanverhuur=Kraanverh.,Architecten=Arch.,Constructieadvies=Constr.adv.,Ingenieursbureau=Ing.bureau,Makelaardij=Mak.,' +
  'Notariaat=Notaris,Assurantiën=Assur.,Bouwmachines=Bouwmach.,IJzerwaren=IJzerw.,Hekwerken=Hekw.,Hoveniers=Hov.,' +
  'Asbestsanering=Asbestsan.,Vloeren=Vloeren,Liften=Liften,Zonwering=Zonw.,Beveiliging=Beveil.,Drukkerij=Druk,' +
  'Schoonmaakdiensten=Schoonmaak,Aannemersbedrijf=Aann.bedrijf,Bouwbedrijf=Bouwbedr.,Staalbouw=Staal,Prefab=Prefab,' +
  'Wegenbouw=Wegen,Rioleringstechniek=Riool,Klimaattechniek=Klimaat,Interieurbouw=Interieur,Verhuur=Verh.,Advies=Adv.,' +
  'Uitzendbureau=Uitz.bureau,Autobedrijf=Auto,Brandstoffen=Brandst.,Afvalverwerking=Afval,Waterschade=Waterschade'
)
  .split(',')
  .map((text) => {
    const [long, short] = text.split('=');
    return [long ?? '', short ?? ''] as const;
  });

export const SYLLABLES: readonly string[] =
  'bo ve la no da ku mi ra so ti lu xa pro fen wil ar ne qua ter sol va nor del mar zen lo pi rix tal ho'.split(
    ' ',
  );

/** City, first and last four digits of its postcodes, telephone area, another way of writing it. */
export interface City {
  readonly name: string;
  readonly alias: string;
  readonly postcodeFrom: number;
  readonly postcodes: number;
  readonly area: string;
}

export const CITIES: readonly City[] = (
  'Amsterdam/1011/96/020,Rotterdam/3011/75/010,Den Haag/2491/100/070/’s-Gravenhage,Utrecht/3511/70/030,' +
  'Eindhoven/5611/45/040,Groningen/9711/30/050,Tilburg/5011/30/013,Almere/1311/45/036,Breda/4811/25/076,Nijmegen/6511/35/024,' +
  'Apeldoorn/7311/25/055,Haarlem/2011/25/023,Arnhem/6811/30/026,Enschede/7511/35/053,Amersfoort/3811/18/033,' +
  "Zaandam/1501/8/075,'s-Hertogenbosch/5211/30/073/Den Bosch,Hoofddorp/2131/5/023,Zwolle/8011/30/038,Leiden/2311/20/071," +
  'Zoetermeer/2711/18/079,Leeuwarden/8911/28/058,Maastricht/6211/18/043,Dordrecht/3311/18/078,Ede/6711/7/0318,' +
  'Delft/2611/18/015,Deventer/7411/20/0570,Helmond/5701/9/0492,Alkmaar/1811/17/072,Hilversum/1211/7/035,Oss/5341/7/0412,' +
  'Gouda/2801/8/0182,Veenendaal/3901/7/0318,Barneveld/3771/4/0342,Nieuwegein/3431/9/030,Woerden/3441/7/0348,' +
  'Hardenberg/7771/4/0523,Goes/4461/6/0113,Middelburg/4331/8/0118,Roermond/6041/5/0475,Sliedrecht/3361/4/0184,' +
  'Houten/3991/6/030,Tiel/4001/5/0344,Assen/9401/8/0592,Heerenveen/8441/8/0513,Purmerend/1441/6/0299'
)
  .split(',')
  .map((text) => {
    const [name, from, count, area, alias] = text.split('/');
    return {
      name: name ?? '',
      alias: (alias ?? name ?? '').replace('’', "'"),
      postcodeFrom: Number(from),
      postcodes: Number(count),
      area: area ?? '',
    };
  });

export const STREETS: readonly string[] = (
  'Dorpsstraat,Kerkstraat,Molenweg,Industrieweg,Nijverheidsweg,Handelsweg,Ambachtsweg,Energieweg,Stationsweg,Havenstraat,' +
  'Julianalaan,Beatrixstraat,Wilhelminastraat,Oranjestraat,Schoolstraat,Nieuwstraat,Hoofdstraat,Kanaaldijk,Parallelweg,' +
  'Edisonstraat,Marconistraat,Voltastraat,Rembrandtlaan,Vermeerstraat,Beukenhof,Eikenlaan,Lindelaan,Kastanjelaan,' +
  'Burgemeester de Vlugtlaan,Dr. Schaepmanstraat,Professor Lorentzlaan,Van Houtenlaan,Zuiderweg,Noordeinde,Westerkade,' +
  'Oosterlaan,Rijksstraatweg,Provincialeweg,Veerdam,Steenstraat,Bouwstraat,Timmermanstraat,Smidswerf,Hoge Rijndijk,' +
  'Lange Voorhout,Keizersgracht,Plein 1944,Trasmolenlaan,De Run,Het Eek'
).split(',');

export const MAIL_PREFIXES: readonly string[] =
  'info administratie facturen verkoop contact crediteuren office'.split(' ');
export const FREE_MAIL_DOMAINS: readonly string[] =
  'gmail.com hotmail.com ziggo.nl kpnmail.nl outlook.com live.nl'.split(' ');
export const JOB_TITLES: readonly string[] =
  'Directeur,Administratie,Projectleider,Werkvoorbereider,Inkoper,Calculator,Uitvoerder'.split(',');
export const PUBLIC_BODIES: readonly string[] =
  'Gemeente,Waterschap,Woonstichting,Stichting Scholen,Provincie'.split(',');
export const GROUP_WORDS: readonly string[] = 'Holding,Beheer,Vastgoed,Exploitatie,Materieel,Personeel'.split(
  ',',
);
export const SERIES_WORDS: readonly string[] =
  'Woningbouw,Zonnepark,Windpark,Vastgoedfonds,Ontwikkeling'.split(',');
export const CHAINS: readonly string[] =
  'Bovela Bouwmarkt,Kuraso Verf,Nordaku Sanitair,Teralux Verlichting'.split(',');
