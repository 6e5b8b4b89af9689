/** Given names that are usual in the Netherlands and Belgium; they tell persons from companies. */
export const givenNames: ReadonlySet<string> = new Set(
  `
  jan piet klaas kees cor henk gerard gerrit hans johan johannes jaap jacob joop joost joris jeroen jasper jelle jesse
  peter pieter paul patrick pascal rob robert robin roel roelof ronald rogier ruben rutger rick richard rene remco raymond renee
  sander sebastiaan simon stefan steven stijn sven tim timo thijs thomas theo tom ton toon tobias victor vincent wim willem
  wouter youri yusuf bram bas bart ben bert bernard boris casper chris christiaan daan david dennis dick dirk edwin eelco
  eric erik ernst evert floris frank frans fred frits geert gert gijs guus hendrik herman hugo huub ivo jochem jos jurgen
  karel kevin koen lars leo leon lex luc lucas luuk maarten marc marcel marco marinus mark martijn martin mathijs matthijs
  max melle menno michael michel michiel mike mohamed mohammed mustafa niels nico niek noud olaf oscar otto ali ahmed hassan
  hamza ibrahim omar said youssef bilal mehmet murat emre anna anne anja anita annemarie annelies astrid barbara bea bianca
  brigitte carla carolien caroline cecile charlotte chantal christa christine claudia corrie daniela debora diana dorien
  edith elisabeth elise ellen els elsa emma emine esther eva eveline fatima fatma femke fleur floor francien geertje gerda
  greet hanna hanneke heidi heike heleen helena helga hilde hennie ida ilse ingrid irene iris isa jacqueline janine janneke
  jeanette jennifer jessica jolanda josephine joyce judith julia karin kim klaartje kirsten laura lies lieke linda lisa
  lisanne lotte louise lucia maaike mandy manon margriet maria marian marianne marieke mariska marja marjan marlies martha
  mieke mila miranda mirjam monica monique nadia naomi natalie nathalie nicole noor olga patricia paula petra pien renate
  rianne ria roos rosa ruth saar samira sandra sanne sara sarah saskia sofie sophie suzanne sylvia tamara tanja tess
  thea tineke trudy truus vera wendy willemien yvonne zoe jurgen wolfgang klaus uwe heinz dieter jorg andreas matthias
  luca noah finn levi sem liam milan mees james adam lucas hugo floris mia evi nora sofia yara fien olivia loes marloes
  arjan arjen arie ad adri adriaan albert alex alexander andre andries anton antoon arnold arthur aart auke douwe
  eddy egbert emiel ewout fokke gerben giel harm harry harrie hein henri henny herbert hidde ibo jacco jack jacques
  jilles joep jonas jordy jort julian justin krijn laurens lennart leendert louis maikel mats matthieu mattheus nick
  pim quinten raoul reinier rein rienk rolf rudi rudolf ruud sjaak sjoerd sjors teun teunis tijmen tjeerd walter
  wessel wietse willy ylva yannick zeger elly elke erna gonda gre hetty ineke jannie jo joke josien klazien
  leny lia lien lidia magda marga margot marijke marit mathilde mina minke nel nelly nienke paulien rie riet sietske
  sjoukje stien tina toos trees tonnie willie wilma`
    .trim()
    .split(/\s+/),
);
