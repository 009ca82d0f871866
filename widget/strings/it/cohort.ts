import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Invita candidati';
export const noInvitePermission = 'Non hai l’autorizzazione per invitare candidati. Contatta il reparto IT.';
export const pasteLabel = 'Incolla i candidati da un foglio di calcolo o da un’e-mail';
export const pastePlaceholder = 'Anna Esempio <anna@example.com>\nLuca Modello, luca@example.com';
export const checkCandidates = 'Controlla l’elenco';
export const chooseFile = 'Scegli un file CSV';
export const sourceHint = 'Potrai controllare l’elenco prima di invitare qualcuno.';
export const readingCandidates = 'Lettura dei candidati…';
export const noCandidatesFound = 'Nessun candidato trovato. Incolla una persona per riga, con nome ed e-mail.';
export const tooManyCandidates = 'Questo elenco contiene più di 10.000 candidati. Dividilo in elenchi più piccoli.';
export const listTooLong = 'Questo file è troppo grande. Dividilo in file più piccoli.';
export const unreadableFile = 'Impossibile leggere il file. Salvalo come CSV e riprova.';
export const previewHeading = 'Controlla l’elenco';
export const checking = 'Controllo dei candidati…';
export const discardList = 'Scarta l’elenco';
export const edit = 'Modifica';
export const remove = 'Rimuovi';
export const save = 'Salva';
export const cancelEdit = 'Annulla';
export const nameColumn = 'Candidato/a';
export const emailColumn = 'E-mail';
export const statusColumn = 'Stato';
export const actionsColumn = 'Azioni';
export const nameLabel = 'Nome';
export const filterLabel = 'Mostra';
export const previousPage = 'Precedente';
export const nextPage = 'Successiva';
export const noRows = 'Nessun candidato in questo gruppo.';
export const nothingToInvite = 'Nessun nuovo candidato da invitare.';
export const retryFailed = 'Riprova gli inviti non riusciti';
export const cancelQueued = 'Annulla gli inviti in coda';
export const keepInviting = 'Continua a invitare';
export const copyLinks = 'Copia i link';
export const copyLinksLabel = 'Copia i link di tutti i candidati invitati';
export const downloadCsv = 'Scarica CSV';
export const inviteMore = 'Invita altri candidati';
export const pastBatches = 'Inviti precedenti';
export const openBatch = 'Apri';
export const showMore = 'Mostra altro';
export const copyLink = 'Copia link';
export const linksAfterInvite = 'I candidati non ricevono e-mail. Copia i loro link dopo l’invito.';
export const linksNotSent = 'I candidati non hanno ricevuto e-mail. Copia i loro link e inviali tu.';
export const estimating = 'Calcolo del tempo rimanente…';
export const csvHeader = ['Nome', 'E-mail', 'Stato', 'Motivo', 'Link'];

export const previewKinds = {
  unchecked: 'Controllo…',
  new: 'Nuovo',
  existing: 'Invito esistente',
  conflict: 'Ha un’altra valutazione',
  ended: 'Terminata senza risultato',
  invalid: 'Da correggere',
};

export const outcomes = {
  queued: 'In coda',
  invited: 'Invito creato',
  existing: 'Invito esistente',
  failed: 'Senza invito',
  cancelled: 'Invito annullato',
};

export const reasons = {
  invalid_email: 'Questo indirizzo e-mail non è valido.',
  name_missing: 'Manca il nome.',
  name_too_long: 'Il nome è troppo lungo.',
  duplicate: 'Questo indirizzo e-mail compare due volte nell’elenco. Rimuovine uno.',
  type_conflict: 'Una sola valutazione per progetto. Questa persona ne ha già un’altra.',
  link_missing: 'Evalon non ha restituito un link utilizzabile. Contatta il reparto IT.',
  upstream_rejected:
    'Evalon ha rifiutato l’invito. Correggi il nome o l’indirizzo e-mail e aggiungi la persona a un nuovo elenco, o contatta il reparto IT.',
  upstream_unavailable: 'Impossibile raggiungere Evalon. Riprova più tardi.',
  erased: 'I dati di questa persona sono stati cancellati.',
};

export const unknownReason = 'Impossibile invitare questa persona. Contatta il reparto IT.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) => plural(count, { one: 'Invita # persona', other: 'Invita # persone' });
export const invitingCount = (count: number) =>
  plural(count, { one: 'Invito di # persona…', other: 'Invito di # persone…' });
export const skippedCount = (count: number) =>
  plural(count, { one: '# persona non sarà invitata.', other: '# persone non saranno invitate.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'Annullare # invito in coda? Questa persona non sarà invitata.',
    other: 'Annullare # inviti in coda? Queste persone non saranno invitate.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: 'Annulla # invito in coda', other: 'Annulla # inviti in coda' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Tutti';
export const editLabel = (candidate: string) => `Modifica: ${candidate}`;
export const removeLabel = (candidate: string) => `Rimuovi: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Copia link: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `da ${formatNumber(first)} a ${formatNumber(last)} di ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} di ${formatNumber(total)} elaborati.`;
export const lessThanMinuteLeft = 'Meno di un minuto rimanente.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Circa # minuto rimanente.', other: 'Circa # minuti rimanenti.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'Circa # ora rimanente.', other: 'Circa # ore rimanenti.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# persona invitata.', other: '# persone invitate.' }),
  existing: (count: number) => plural(count, { one: '# già invitata.', other: '# già invitate.' }),
  failed: (count: number) => plural(count, { one: '# non invitata.', other: '# non invitate.' }),
  cancelled: (count: number) => plural(count, { one: '# annullata.', other: '# annullate.' }),
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} in coda`,
  invited: (count: number) => plural(count, { one: '# invitata', other: '# invitate' }),
  existing: (count: number) => plural(count, { one: '# già invitata', other: '# già invitate' }),
  failed: (count: number) => plural(count, { one: '# non invitata', other: '# non invitate' }),
  cancelled: (count: number) => plural(count, { one: '# annullata', other: '# annullate' }),
};

export const openBatchLabel = (time: string) => `Apri: inviti del ${time}`;
export const csvFileName = (date: string) => `inviti-${date}.csv`;
