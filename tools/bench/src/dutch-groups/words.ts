const split = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

export const surnames = split(`
  Jansen, de Jong, van den Berg, Bakker, Visser, Smit, Meijer, Mulder, Bos, Vos, Peters, Hendriks, van Dijk, van Leeuwen, Dekker, Brouwer,
  de Wit, Dijkstra, Smits, de Graaf, van der Meer, Kok, Jacobs, Vermeulen, van der Linden, Schouten, Willems, Hoekstra, Koster, Prins,
  Huisman, Peeters, de Bruin, Kuipers, van der Heijden, Veenstra, Kramer, van den Heuvel, Post, Kuiper, van Veen, Bosch, Timmermans,
  Groen, Gerritsen, van Loon, Verbeek, Scholten, Wolters, Jonker, Blom, van Dam, Sanders, van der Wal, Driessen, Hermans, Maas, Boer,
  Zijlstra, Roelofs, Hofman, Ponsen, ten Brinke, Nijhuis, Oosterhuis, Wiersma, Terpstra, Postma, Haverkamp, Lammers, Buitenhuis, Roos,
  Kooistra, Aalbers, Hazenberg, Stuiver, Rietveld, Kwakkel, Duijvestijn, Zandbergen, van 't Hof, op den Kamp, Van der Auwera, Claessens,
  Slootweg, Engelen, Tromp, Bruinsma, Faber, Nauta, Heida, Westra, Reitsma, Douma, Kamphuis, Olde Riekerink, Wissink, Meulman, Stegeman`);

export const givenNames = split(`
  Jan, Piet, Klaas, Henk, Kees, Willem, Gerrit, Johan, Peter, Hans, Marco, Erik, Sander, Bas, Daan, Thijs, Lars, Ruben, Mohamed, Ahmed, Youssef,
  Anna, Maria, Johanna, Petra, Ingrid, Marieke, Sanne, Lotte, Fleur, Eva, Fatima, Noor, Ellen, Wilma, Gerda, Trudy, Karin, Esther, Linda`);

export const trades = split(`
  Bouw, Aannemingsbedrijf, Schilderwerken, Loodgieters, Installatietechniek, Elektrotechniek, Dakbedekkingen, Timmerwerken, Metselwerken,
  Stukadoors, Tegelwerken, Grondverzet, Sloopwerken, Steigerbouw, Betonboringen, Staalbouw, Kozijnen, Glashandel, Vloeren, Isolatie,
  Hoveniers, Bestratingen, Rioolservice, Kraanverhuur, Transport, Bouwmaterialen, Houthandel, IJzerwaren, Keukens, Sanitair, Zonwering,
  Architecten, Constructieadvies, Interieurbouw, Afbouw, Funderingstechniek, Asbestsanering, Liften, Beveiliging, Schoonmaak, Parket,
  Natuursteen, Gevelreiniging, Waterwerken, Zonnepanelen, Warmtepompen, Verlichting, Hekwerken, Containers, Gereedschap, Makelaardij`);

/** Sister companies of a building group: the lists of the product have some of these words and not the others. */
export const groupRoles = split(`
  Holding, Beheer, Vastgoed, Pensioen, Exploitatie, Personeel, Groep, Management, Participaties, Onroerend Goed, Houdstermaatschappij, Invest,
  Materieel, Materieelverhuur, Ontwikkeling, Projecten, Onroerende Zaken, Deelnemingen, Werkmaatschappij, Financiering, Assets,
  Shared Services, Personeelsdiensten, Verhuur, Grondexploitatie, Stamrecht, Lease, Services, Renovatie, Prefab, Onderhoud, Woningbouw,
  Utiliteitsbouw, Detachering, Trading, Intellectual Property, Flex, Infra, Concepts, Logistiek, Vermogen, Investments, Realisatie, Grondzaken`);

export const seriesNouns = split(`
  Vastgoed, Woningfonds, Projectontwikkeling, Windpark, Zonnepark, Bedrijfsruimten, Parkeergarage, Zorgwoningen, Studentenhuisvesting,
  Kantorenfonds, Grondbank, Recreatiepark, Winkelfonds, Energieprojecten, Scheepvaart, Melkveefonds, Appartementen`);

export const brands = split(`
  Kluswijs, Bouwpunt, Verfmeester, Dakdirect, Badkamerhuis, Tuinplezier, Keukenstudio, Vloerenland, Ramenspecialist, Slotenwacht, Rioolredder,
  Zonnig Wonen, Hypotheekhuis, Schoorsteenvegers, Autoruit Direct, Bandenstop, Zwembadshop, Trapmaat, Gordijnhuis, Stoffeerderij Nu`);

export const townDistricts = split(
  `Noord, Zuid, Oost, West, Centrum, Kanaleneiland, Stadshart, Industrieterrein, Haven, Boulevard`,
);

export const streets = split(`
  Dorpsstraat, Kerkstraat, Molenweg, Industrieweg, Havenkade, Nijverheidsweg, Stationsstraat, Julianalaan, Wilhelminastraat, Beatrixlaan, Hoofdstraat,
  Schoolstraat, Molenstraat, Parallelweg, Ambachtsweg, Handelskade, Vlierstraat, Eikenlaan, Lindelaan, Beukenhof, Kanaaldijk Zuid, Ringweg,
  Televisieweg, Edisonstraat, Marconiweg, Energieweg, Ampèrestraat, Wattweg, Newtonweg, Zuiderzeelaan, Raadhuisplein, Marktstraat,
  Burgemeester de Boerlaan, Prins Hendrikkade, Oude Rijksweg, Achterweg, Zandpad, Veerdam, De Corridor, Het Rond, Grote Markt, Nieuwe Gracht,
  Sint Jansstraat, Doctor Schaepmanstraat, 1e Tuindwarsstraat, Tweede Industrieweg, Plein 1944, Laan van Westenenk, Koningin Emmaweg, Weverstraat`);

/** Town, first digits of its postcode, area code, and what else it is called. */
export const towns: readonly (readonly [string, number, string, string?])[] = [
  ['Utrecht', 35, '030'],
  ['Amsterdam', 10, '020'],
  ['Rotterdam', 30, '010'],
  ["'s-Gravenhage", 25, '070', 'Den Haag'],
  ["'s-Hertogenbosch", 52, '073', 'Den Bosch'],
  ['Groningen', 97, '050'],
  ['Eindhoven', 56, '040'],
  ['Zwolle', 80, '038'],
  ['Deventer', 74, '0570'],
  ['Apeldoorn', 73, '055'],
  ['Nijmegen', 65, '024'],
  ['Arnhem', 68, '026'],
  ['Breda', 48, '076'],
  ['Tilburg', 50, '013'],
  ['Leeuwarden', 89, '058', 'Ljouwert'],
  ['Almere', 13, '036'],
  ['Amersfoort', 38, '033'],
  ['Hoorn', 16, '0229'],
  ['Alkmaar', 18, '072'],
  ['Ede', 67, '0318', 'Ede Gld'],
  ['Alphen aan den Rijn', 24, '0172', 'Alphen a/d Rijn'],
  ['Capelle aan den IJssel', 29, '010', 'Capelle a.d. IJssel'],
  ['Nieuwegein', 34, '030'],
  ['Veenendaal', 39, '0318'],
  ['Bergen op Zoom', 46, '0164'],
  ['Roosendaal', 47, '0165'],
  ['Enschede', 75, '053'],
  ['Almelo', 76, '0546'],
  ['Doetinchem', 70, '0314'],
  ['Emmen', 78, '0591'],
  ['Súdwest-Fryslân', 86, '0515', 'Sneek'],
  ['Katwijk', 22, '071', 'Katwijk ZH'],
  ['Middelburg', 43, '0118'],
  ['Venlo', 59, '077'],
  ['Maastricht', 62, '043'],
  ['Heerlen', 64, '045'],
];

export const syllables = split(
  `ba, be, bo, da, di, do, fa, fe, ga, go, ka, ki, ko, la, le, lo, ma, me, mo, na, ne, no, pa, pi, ra, re, ri, ro, sa, se, so, ta, te, to, va, ve, vi, wa, we, za, zo, tra, pro, cla, bri, gre, sta, spe`,
);
export const brandEnds = split(
  `x, nt, rd, ls, ra, tis, vo, nex, via, ris, mar, tek, lon, dum, quin, zet, fort, gen`,
);
