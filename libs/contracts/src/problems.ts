import { problem } from './problem.js';

export const invalidRequest = problem('invalid-request', 400, {
  nl: 'De aanvraag klopt niet.',
  en: 'The request is not valid.',
});
export const notSignedIn = problem('not-signed-in', 401, { nl: 'Log eerst in.', en: 'Sign in first.' });
export const wrongCredentials = problem('wrong-credentials', 401, {
  nl: 'E-mailadres of wachtwoord klopt niet.',
  en: 'E-mail address or password is wrong.',
});
export const notAllowed = problem('not-allowed', 403, {
  nl: 'Uw rol staat dit niet toe.',
  en: 'Your role does not allow this.',
});
export const foreignOrigin = problem('foreign-origin', 403, {
  nl: 'De aanvraag kwam van een andere website.',
  en: 'The request came from another website.',
});
export const featureNotEnabled = problem('feature-not-enabled', 403, {
  nl: 'Meerdere administraties koppelen is nog niet aangezet voor uw organisatie. Vraag het aan de helpdesk of uw consultant.',
  en: 'Coupling several administrations is not switched on for your organisation yet. Ask the helpdesk or your consultant.',
});
export const notFound = problem('not-found', 404, { nl: 'Niet gevonden.', en: 'Not found.' });
export const methodNotAllowed = problem('method-not-allowed', 405, {
  nl: 'Dit adres kent deze methode niet.',
  en: 'This address does not know this method.',
});
export const tooManyRequests = problem('too-many-requests', 429, {
  nl: 'Te veel aanvragen. Probeer het zo weer.',
  en: 'Too many requests. Try again shortly.',
});
export const internalError = problem('internal-error', 500, {
  nl: 'Er ging iets mis aan onze kant.',
  en: 'Something went wrong on our side.',
});
export const serviceUnavailable = problem('service-unavailable', 503, {
  nl: 'Even niet beschikbaar. Probeer het zo weer.',
  en: 'Not available for a moment. Try again shortly.',
});

export const storageFull = problem('storage-full', 503, {
  nl: 'De opslag is vol: lezen gaat door, opslaan kan even niet. Er is niets verloren. Waarschuw de beheerder.',
  en: 'The storage is full: reading goes on, saving has to wait. Nothing is lost. Tell the operator.',
});

export const wrongStep = problem('wrong-step', 409, {
  nl: 'Deze stap is nu niet aan de beurt.',
  en: 'This step is not up now.',
});
export const changedMeanwhile = problem('changed-meanwhile', 412, {
  nl: 'De gegevens zijn intussen gewijzigd.',
  en: 'The data were changed meanwhile.',
});
export const versionMissing = problem('version-missing', 428, {
  nl: 'Zeg in If-Match voor welke versie dit bedoeld is.',
  en: 'Say in If-Match which version this is meant for.',
});
export const relationsFrozen = problem('relations-frozen', 423, {
  nl: 'Contacten staan vast zolang de koppeling loopt.',
  en: 'Contacts are frozen while the coupling runs.',
});

export const authorisationRefused = problem('authorisation-refused', 400, {
  nl: 'Exact gaf geen toestemming.',
  en: 'Exact gave no consent.',
});
export const authorisationUnknown = problem('authorisation-unknown', 400, {
  nl: 'Deze toestemming hoort niet bij deze sessie of is al gebruikt.',
  en: 'This consent does not belong to this session or was used already.',
});
export const authorisationExpired = problem('authorisation-expired', 400, {
  nl: 'De toestemming duurde te lang. Begin opnieuw.',
  en: 'The consent took too long. Begin again.',
});
export const regionNotConfigured = problem('region-not-configured', 422, {
  nl: 'Voor dit land is geen Exact-app ingesteld.',
  en: 'No Exact app is configured for this country.',
});

export const administrationUnknown = problem('administration-unknown', 404, {
  nl: 'Deze administratie is niet bekend.',
  en: 'This administration is not known.',
});
export const administrationUnavailable = problem('administration-unavailable', 422, {
  nl: 'Deze administratie kan niet gekoppeld worden.',
  en: 'This administration cannot be coupled.',
});
export const codeMalformed = problem('code-malformed', 422, {
  nl: 'Een administratiecode is drie cijfers, en niet 000.',
  en: 'An administration code is three digits, and not 000.',
});
export const codeTaken = problem('code-taken', 409, {
  nl: 'Deze code is al in gebruik.',
  en: 'This code is in use already.',
});
export const codeLocked = problem('code-locked', 409, {
  nl: 'Er zijn al facturen met deze code; hij ligt vast.',
  en: 'There are invoices with this code already; it is fixed.',
});
export const configurationIncomplete = problem('configuration-incomplete', 422, {
  nl: 'Niet alles is ingevuld.',
  en: 'Not everything is filled in.',
});

export const syncAlreadyRunning = problem('sync-already-running', 409, {
  nl: 'Er loopt al een synchronisatie.',
  en: 'A synchronisation is running already.',
});
export const syncNotRunning = problem('sync-not-running', 409, {
  nl: 'Deze synchronisatie loopt niet.',
  en: 'This synchronisation is not running.',
});
export const stepNotFailed = problem('step-not-failed', 409, {
  nl: 'Dit onderdeel is niet mislukt.',
  en: 'This part has not failed.',
});
export const connectionBroken = problem('connection-broken', 409, {
  nl: 'De verbinding met Exact is verbroken. Koppel opnieuw; alles wat u hebt ingesteld blijft staan.',
  en: 'The connection with Exact is broken. Reconnect; everything that you set up stays.',
});
export const blockingIssuesOpen = problem('blocking-issues-open', 409, {
  nl: 'Er zijn nog blokkerende meldingen.',
  en: 'There are blocking issues still.',
});

export const planChanged = problem('plan-changed', 409, {
  nl: 'Het plan is gewijzigd sinds u het zag. Bekijk het opnieuw; er is niets geschreven.',
  en: 'The plan has changed since you saw it. Look at it again; nothing was written.',
});

export const exactNotReadLately = problem('exact-not-read-lately', 409, {
  nl: 'Wat Koppel uit Exact weet is ouder dan een uur. Laat eerst ophalen wat er sindsdien is gewijzigd en bekijk het plan opnieuw; er is niets geschreven.',
  en: 'What Koppel knows from Exact is more than an hour old. First have what changed since then fetched and look at the plan again; nothing was written.',
});

export const createsExceedShare = problem('creates-exceed-share', 409, {
  nl: 'Er zouden meer nieuwe contacten komen dan verwacht. Bevestig het aantal, of kies voor aanmaken bij het eerste gebruik; er is niets geschreven.',
  en: 'More new contacts would be made than expected. Confirm their number, or choose to make them on first use; nothing was written.',
});
export const alreadyDecided = problem('already-decided', 409, {
  nl: 'Iemand anders heeft dit al beslist.',
  en: 'Someone else has decided this already.',
});
export const fieldsUndecided = problem('fields-undecided', 422, {
  nl: 'Kies voor elk verschillend veld welke administratie leidend is.',
  en: 'Choose for each differing field which administration leads.',
});
export const mergeNotPossible = problem('merge-not-possible', 409, {
  nl: 'Deze relaties kunnen niet worden samengevoegd.',
  en: 'These relations cannot be merged.',
});
export const notUndoable = problem('not-undoable', 409, {
  nl: 'Dit kan niet meer ongedaan gemaakt worden.',
  en: 'This can no longer be undone.',
});
export const alreadyUndone = problem('already-undone', 409, {
  nl: 'Dit is al ongedaan gemaakt.',
  en: 'This has been undone already.',
});
export const laterActionFirst = problem('later-action-first', 409, {
  nl: 'Maak eerst de latere handeling ongedaan.',
  en: 'Undo the later action first.',
});
export const valueInvalid = problem('value-invalid', 422, {
  nl: 'Deze waarde kan niet.',
  en: 'This value is not possible.',
});

export const reasonMissing = problem('reason-missing', 422, {
  nl: 'Geef een reden op van minstens drie tekens.',
  en: 'Give a reason of at least three characters.',
});
export const issueClosed = problem('issue-closed', 409, {
  nl: 'Deze melding is al gesloten.',
  en: 'This issue is closed already.',
});
export const notApprovable = problem('not-approvable', 409, {
  nl: 'Deze melding vraagt geen goedkeuring.',
  en: 'This issue asks for no approval.',
});
export const personRequired = problem('person-required', 403, {
  nl: 'Dit keurt alleen een mens goed, geen API-sleutel.',
  en: 'Only a person approves this, no API key.',
});
export const administrationNotActive = problem('administration-not-active', 409, {
  nl: 'Deze administratie is nu niet actief. Hervat haar bij Beheer, of rond de koppeling eerst af.',
  en: 'This administration is not active now. Resume it in Manage, or finish the coupling first.',
});
export const creatingSwitchedOff = problem('creating-switched-off', 409, {
  nl: 'De relatie staat niet in deze administratie, en aanmaken door Koppel staat uit. Maak haar aan in Exact Online, of zet aanmaken aan bij Beheer.',
  en: 'The relation is not in this administration, and creating by Koppel is switched off. Create it in Exact Online, or switch creating on in Manage.',
});
export const relationAnonymised = problem('relation-anonymised', 409, {
  nl: 'Deze relatie is geanonimiseerd in Exact en wordt nergens meer aangemaakt.',
  en: 'This relation was made anonymous in Exact and is created nowhere any more.',
});
export const settingsInvalid = problem('settings-invalid', 422, {
  nl: 'Niet alle keuzes bestaan in Exact.',
  en: 'Not all choices exist in Exact.',
});
export const settingsIncomplete = problem('settings-incomplete', 422, {
  nl: 'Nog niet alle verplichte instellingen zijn gekozen.',
  en: 'Not all required settings are chosen yet.',
});
export const seriesExhausted = problem('series-exhausted', 409, {
  nl: 'De nummerreeks van dit jaar is vol.',
  en: "This year's number series is full.",
});
export const referenceReused = problem('reference-reused', 409, {
  nl: 'Deze referentie heeft al een nummer met een andere datum.',
  en: 'This reference has a number with another date already.',
});
export const exactUserDiffers = problem('exact-user-differs', 409, {
  nl: 'U hebt met een andere Exact-gebruiker toestemming gegeven.',
  en: 'You gave consent as another Exact user.',
});
export const exactUserElsewhere = problem('exact-user-elsewhere', 409, {
  nl: 'Deze Exact-gebruiker gaf al toestemming voor een andere organisatie.',
  en: 'This Exact user gave consent for another organisation already.',
});

export const webhookUrlRefused = problem('webhook-url-refused', 422, {
  nl: 'Naar dit adres stuurt Koppel niets: het moet een openbaar https-adres zijn.',
  en: 'Koppel sends nothing to this address: it must be a public https address.',
});
export const tooManyWebhookEndpoints = problem('too-many-webhook-endpoints', 409, {
  nl: 'Er zijn al 20 webhooks. Verwijder er eerst een.',
  en: 'There are 20 webhooks already. Remove one first.',
});
export const webhookSwitchedOff = problem('webhook-switched-off', 409, {
  nl: 'Deze webhook staat uit.',
  en: 'This webhook is switched off.',
});
