import { formats } from './formats.ts';

export const signInNeeded = 'Accedi per vedere le valutazioni.';
export const signIn = 'Accedi';
export const signOut = 'Esci';
export const continueInWindow = 'Continua nella finestra di accesso.';
export const signInWindowClosed = 'La finestra di accesso è stata chiusa. Accedi di nuovo.';
export const candidateTab = 'Candidato/a';
export const inboxTab = 'Posta in arrivo';
export const noCandidate = 'Apri un candidato nel tuo ATS per vedere qui le sue valutazioni.';
export const pageChanging = 'In attesa che la pagina mostri un candidato…';
export const lookingUpCandidate = 'Ricerca della persona…';
export const retry = 'Riprova';
export const noProxy = 'Questa estensione non ha l’indirizzo del proxy della tua azienda. Inseriscilo nelle opzioni.';
export const openOptions = 'Apri le opzioni';
export const candidateUnknown = 'Impossibile identificare questa persona';
export const enterManually =
  'Inserisci l’e-mail e il nome della persona. Controlla ciò che è già compilato: proviene dalla pagina.';
export const candidateNotFound = 'L’ATS non conosce questa persona o non hai l’autorizzazione per vederla.';
export const noEmail = 'L’ATS non ha un indirizzo e-mail di questa persona.';
export const noAssessments = 'Nessuna valutazione disponibile per questa persona. Contatta il reparto IT.';
export const email = 'E-mail';
export const name = 'Nome';
export const useCandidate = 'È questa persona';
export const candidateChanged = 'La pagina mostra ora un’altra persona, quindi non è stato inviato alcun invito.';
export const pageNotResponding =
  'La pagina non risponde, quindi non è stato inviato alcun invito. Ricarica la pagina e riprova.';
export const confirmCandidate =
  'L’indirizzo della pagina non identifica la persona. È la persona mostrata nella pagina?';
export const confirmYes = 'Sì, mostra le valutazioni';
export const confirmNo = 'No, è un’altra persona';
export const chipLabel = 'Apri valutazioni';
export const chipHint = 'Evalon: fai clic sull’icona o premi Alt+Maiusc+E';
export const chipHintLabel = 'Valutazioni Evalon';
export const storeDescription = 'Valutazioni Evalon accanto al profilo in Greenhouse, Lever, Ashby e Workday.';
export const proxyAddress = 'Indirizzo del proxy Evalon della tua azienda';
export const save = 'Salva';
export const saved = 'Salvato.';
export const invalidAddress = 'Questo non è l’indirizzo di un proxy. Inseriscine uno che inizi con https://';
export const hostNotAllowed =
  'Il browser non può raggiungere questo indirizzo finché non lo consenti. Riprova o contatta il reparto IT.';
export const setByPolicy = 'Impostato dal tuo reparto IT.';
export const blockedHostsTitle = 'Indirizzi bloccati';
export const blockedHostsHint =
  'Il browser blocca questi indirizzi per l’estensione. Consentili per vedere le valutazioni.';
export const proxyHostBlocked = 'Il browser blocca l’accesso al proxy della tua azienda. Consentilo nelle opzioni.';
export const optionalHostsTitle = 'Altre pagine';
export const optionalHostsHint =
  'Le impostazioni della tua azienda elencano queste pagine. Consentile per vedervi le valutazioni.';
export const optionalHostsPending =
  'Alcune pagine richiedono la tua autorizzazione per mostrare le valutazioni. Consentile nelle opzioni.';
export const allowButton = 'Consenti';
export const allowedSuffix = '(consentito)';
export const allowHost = (host: string) => `Consenti ${host}`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# nuovo risultato', other: '# nuovi risultati' }) : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Valutazioni Evalon. Questa persona: ${status}`;
