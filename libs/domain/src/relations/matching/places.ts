import { variants } from './name-words.js';

/** Official names and what people write instead; both are folded. The value is the spelling used in comparisons. */
const aliases: ReadonlyMap<string, string> = variants(`
den haag = s-gravenhage, s gravenhage, gravenhage, sgravenhage, 's-gravenhage, 's gravenhage, the hague,
  dhg
den bosch = s-hertogenbosch, s hertogenbosch, hertogenbosch, 's-hertogenbosch, 's hertogenbosch,
  shertogenbosch
velsen = ijmuiden, velsen-noord
amsterdam = adam, a dam, amsterdam zuidoost, amsterdam-zuidoost, amsterdam duivendrecht
rotterdam = rdam
capelle a/d ijssel = capelle aan de ijssel, capelle aan den ijssel
krimpen a/d ijssel = krimpen aan den ijssel
alphen a/d rijn = alphen aan den rijn, alphen
hoek van holland = hoek van holland
nuenen = nuenen ca, nuenen gerwen en nederwetten
bergen op zoom = bergen o/z, bergen o z, bergen op z
leeuwarden = ljouwert
sneek = snits
bergen = bergen nh, bergen lb
antwerpen = antwerp, anvers
gent = ghent, gand
brugge = bruges
luik = liege, luttich
brussel = brussels, bruxelles
leuven = louvain
mechelen = malines
kortrijk = courtrai
koln = cologne, koeln, keulen
aachen = aken
dusseldorf = duesseldorf
munster = muenster
kleve = kleef
monchengladbach = moenchengladbach
noordwijk = noordwijk zh`);

/** Places with a name of their own in company names: the larger ones of the Netherlands, Belgium and the German border. */
const places: ReadonlySet<string> = new Set(
  `
amsterdam|rotterdam|den haag|den bosch|utrecht|eindhoven|groningen|tilburg|almere|breda|nijmegen|apeldoorn|arnhem|haarlem
enschede|haarlemmermeer|amersfoort|zaanstad|zaandam|zwolle|zoetermeer|leiden|leeuwarden|maastricht|dordrecht|ede|alkmaar
emmen|westland|delft|venlo|deventer|helmond|oss|hilversum|heerlen|sittard|geleen|purmerend|roosendaal|schiedam|lelystad
alphen a/d rijn|leidschendam|voorburg|almelo|spijkenisse|hoorn|gouda|vlaardingen|assen|capelle a/d ijssel|bergen op zoom
katwijk|nieuwegein|veenendaal|zeist|hardenberg|roermond|doetinchem|hoogeveen|den helder|heerhugowaard|terneuzen|barneveld
oosterhout|waalwijk|middelburg|kampen|woerden|houten|weert|goes|vlissingen|rijswijk|hengelo|harderwijk|ridderkerk|heemskerk
beverwijk|velsen|uden|veghel|boxtel|tiel|wageningen|papendrecht|sneek|heerenveen|drachten|winterswijk|zutphen|maassluis
hellevoetsluis|barendrecht|zwijndrecht|gorinchem|culemborg|geldermalsen|bussum|huizen|naarden|weesp|amstelveen|aalsmeer
hoofddorp|uithoorn|diemen|castricum|heiloo|enkhuizen|medemblik|schagen|volendam|edam|soest|baarn|bunnik|maarssen|vianen
ijsselstein|nunspeet|ermelo|putten|nijkerk|epe|raalte|ommen|oldenzaal|losser|borne|rijssen|wierden|nijverdal|steenwijk
meppel|coevorden|stadskanaal|veendam|winschoten|delfzijl|appingedam|hoogezand|roden|franeker|harlingen|dokkum
joure|lemmer|bolsward|urk|emmeloord|dronten|zeewolde|veldhoven|valkenswaard|geldrop|nuenen|asten|someren
gemert|boxmeer|cuijk|schijndel|vught|drunen|kaatsheuvel|dongen|rijen|etten-leur|zundert|zevenbergen|kerkrade|brunssum
landgraaf|venray|panningen|tegelen|zierikzee|hulst|oostburg|wassenaar|leiderdorp|oegstgeest|lisse
hillegom|noordwijk|sassenheim|waddinxveen|bodegraven|nieuwkoop|boskoop|pijnacker|bleiswijk|naaldwijk
sliedrecht|hardinxveld|alblasserdam|krimpen a/d ijssel|oud-beijerland|middelharnis|brielle|rhoon|druten|wijchen|malden
zevenaar|duiven|westervoort|velp|dieren|lochem|borculo|eibergen|groenlo|aalten|doesburg|rheden|renkum|oosterbeek
heerde|hattem|vaassen|twello|gorssel|staphorst|hasselt|genemuiden|zwartsluis|driebergen|leersum|rhenen|bilthoven
antwerpen|gent|brugge|brussel|leuven|mechelen|kortrijk|luik|namen|charleroi|aalst|sint-niklaas|genk|roeselare|oostende
turnhout|lommel|tongeren|diest|tienen|vilvoorde|ninove|dendermonde|lokeren|beveren|waregem|ieper
koln|aachen|dusseldorf|munster|kleve|emmerich|bocholt|nordhorn|lingen|papenburg|oldenburg|monchengladbach|krefeld
duisburg|dortmund|bochum|wesel|goch|geldern|borken|gronau|ahaus|rheine|osnabruck|bonn|berlin|hamburg|munchen
`
    .trim()
    .split(/[|\n]/),
);

const placeWordsMax = 4;

/** The comparison spelling of a place: folded, aliases resolved, province suffix gone; empty when there is none. */
export function placeKey(folded: string): string {
  const plain = /[.,(]/.test(folded)
    ? folded
        .replace(/[.,]/g, '')
        .replace(/\s*\(.*\)$/, '')
        .trim()
    : folded;
  const alias = aliases.get(plain);
  if (alias !== undefined || plain.length < 4) return alias ?? plain;
  return plain.replace(/\s+(zh|nh|gld|nb|lb|ov|dr|fr|ut|gn|zld)$/, '');
}

/** How many words at the end of a name are a place (0 for none): a known one, or `ownCity`. */
export function trailingPlace(
  words: readonly string[],
  ownCity: string,
): { place: string; length: number } | null {
  for (let length = Math.min(placeWordsMax, words.length - 1); length > 0; length--) {
    const written = length === 1 ? (words.at(-1) ?? '') : words.slice(-length).join(' ');
    const key = aliases.get(written) ?? written;
    if (places.has(key) || (key !== '' && key === ownCity)) return { place: key, length };
  }
  return null;
}
