/** Every page of the portal once an organisation is coupled, by its address. */
export const couplingPages = [
  '/koppelen/verbinden',
  '/koppelen/selecteren',
  '/koppelen/configureren',
  '/koppelen/synchroniseren',
  '/koppelen/matchen',
  '/koppelen/instellingen',
  '/koppelen/afronden',
] as const;
export const pages = [
  '/overzicht',
  ...couplingPages,
  '/matchen',
  '/matchen?soort=dubbel',
  '/relaties',
  '/conflicten',
  '/meldingen',
  '/meldingen?status=ignored',
  '/instellingen',
  '/instellingen?soort=factuurnummers',
  '/instellingen?soort=terugschrijven',
  '/instellingen?administratie=naast-elkaar',
  '/geschiedenis',
  '/beheer',
  '/niet-aangezet',
  '/oauth/callback?state=onbekend&code=onbekend',
] as const;
