import { formats } from './formats.ts';

export const signInNeeded = 'Meld u aan om de assessments te zien.';
export const signIn = 'Aanmelden';
export const signOut = 'Afmelden';
export const continueInWindow = 'Ga verder in het aanmeldvenster.';
export const signInWindowClosed = 'Het aanmeldvenster is gesloten. Meld u opnieuw aan.';
export const candidateTab = 'Kandidaat';
export const inboxTab = 'Postvak';
export const noCandidate = 'Open een kandidaat in uw ATS om de assessments hier te zien.';
export const pageChanging = 'Wachten tot de pagina een kandidaat toont…';
export const lookingUpCandidate = 'Kandidaat wordt opgezocht…';
export const retry = 'Opnieuw proberen';
export const noProxy = 'Deze extensie heeft het adres van de proxy van uw bedrijf niet. Vul het in bij de opties.';
export const openOptions = 'Opties openen';
export const candidateUnknown = 'Deze kandidaat kan niet worden herkend';
export const enterManually =
  'Vul het e-mailadres en de naam van de kandidaat in. Controleer wat al is ingevuld: het komt van de pagina.';
export const candidateNotFound = 'Het ATS kent deze kandidaat niet, of u mag deze persoon niet bekijken.';
export const noEmail = 'Het ATS heeft geen e-mailadres van deze kandidaat.';
export const noAssessments = 'Er zijn geen assessments voor deze kandidaat. Neem contact op met IT.';
export const email = 'E-mail';
export const name = 'Naam';
export const useCandidate = 'Dit is de kandidaat';
export const candidateChanged = 'De pagina toont nu een andere kandidaat, dus er is geen uitnodiging verstuurd.';
export const pageNotResponding =
  'De pagina reageert niet, dus er is geen uitnodiging verstuurd. Laad de pagina opnieuw en probeer het nog eens.';
export const confirmCandidate =
  'Het adres van de pagina identificeert de kandidaat niet. Is dit de kandidaat op de pagina?';
export const confirmYes = 'Ja, assessments weergeven';
export const confirmNo = 'Nee, het is iemand anders';
export const chipLabel = 'Assessments openen';
export const chipHint = 'Evalon: klik op het pictogram of druk op Alt+Shift+E';
export const chipHintLabel = 'Assessments van Evalon';
export const storeDescription = 'Assessments van Evalon naast de kandidaat in Greenhouse, Lever, Ashby en Workday.';
export const proxyAddress = 'Adres van de Evalon-proxy van uw bedrijf';
export const save = 'Opslaan';
export const saved = 'Opgeslagen.';
export const invalidAddress = 'Dit is geen adres van een proxy. Vul een adres in dat begint met https://';
export const hostNotAllowed =
  'Uw browser kan dit adres pas bereiken als u het toestaat. Probeer het opnieuw of neem contact op met IT.';
export const setByPolicy = 'Ingesteld door uw IT-afdeling.';
export const blockedHostsTitle = 'Geblokkeerde adressen';
export const blockedHostsHint =
  'Uw browser blokkeert deze adressen voor de extensie. Sta ze toe om assessments te zien.';
export const proxyHostBlocked =
  'Uw browser blokkeert de toegang tot de proxy van uw bedrijf. Sta die toe in de opties.';
export const optionalHostsTitle = "Meer pagina's";
export const optionalHostsHint =
  "Deze pagina's staan in de instellingen van uw bedrijf. Sta ze toe om daar assessments te zien.";
export const optionalHostsPending =
  "Sommige pagina's hebben uw toestemming nodig om assessments te tonen. Sta ze toe in de opties.";
export const allowButton = 'Toestaan';
export const allowedSuffix = '(toegestaan)';
export const allowHost = (host: string) => `${host} toestaan`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# nieuw resultaat', other: '# nieuwe resultaten' }) : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Assessments van Evalon. Deze kandidaat: ${status}`;
