import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Kandidaten uitnodigen';
export const noInvitePermission = 'U mag geen kandidaten uitnodigen. Neem contact op met IT.';
export const pasteLabel = 'Kandidaten uit een spreadsheet of e-mail plakken';
export const pastePlaceholder = 'Anna Voorbeeld <anna@example.com>\nBram Model, bram@example.com';
export const checkCandidates = 'Lijst controleren';
export const chooseFile = 'Een CSV-bestand kiezen';
export const sourceHint = 'U kunt de lijst controleren voordat er iemand wordt uitgenodigd.';
export const readingCandidates = 'Kandidaten worden ingelezen…';
export const noCandidatesFound = 'Geen kandidaten gevonden. Plak één persoon per regel, met naam en e-mailadres.';
export const tooManyCandidates = 'Deze lijst bevat meer dan 10.000 kandidaten. Splits de lijst.';
export const listTooLong = 'Dit bestand is te groot. Splits het bestand.';
export const unreadableFile = 'Het bestand kan niet worden gelezen. Sla het op als CSV en probeer het opnieuw.';
export const previewHeading = 'Lijst controleren';
export const checking = 'Kandidaten worden gecontroleerd…';
export const discardList = 'Lijst verwerpen';
export const edit = 'Bewerken';
export const remove = 'Verwijderen';
export const save = 'Opslaan';
export const cancelEdit = 'Annuleren';
export const nameColumn = 'Kandidaat';
export const emailColumn = 'E-mail';
export const statusColumn = 'Status';
export const actionsColumn = 'Acties';
export const nameLabel = 'Naam';
export const filterLabel = 'Weergeven';
export const previousPage = 'Vorige';
export const nextPage = 'Volgende';
export const noRows = 'Geen kandidaten in deze groep.';
export const nothingToInvite = 'Geen nieuwe kandidaten om uit te nodigen.';
export const retryFailed = 'Mislukte uitnodigingen opnieuw proberen';
export const cancelQueued = 'Wachtende uitnodigingen annuleren';
export const keepInviting = 'Doorgaan met uitnodigen';
export const copyLinks = 'Links kopiëren';
export const copyLinksLabel = 'Links kopiëren van alle uitgenodigde kandidaten';
export const downloadCsv = 'CSV downloaden';
export const inviteMore = 'Meer kandidaten uitnodigen';
export const pastBatches = 'Eerdere uitnodigingen';
export const openBatch = 'Openen';
export const showMore = 'Meer weergeven';
export const copyLink = 'Link kopiëren';
export const linksAfterInvite = 'Kandidaten krijgen geen e-mail. Kopieer na de uitnodiging hun links.';
export const linksNotSent = 'De kandidaten hebben geen e-mail gekregen. Kopieer hun links en verstuur ze zelf.';
export const estimating = 'Resterende tijd wordt berekend…';
export const csvHeader = ['Naam', 'E-mail', 'Status', 'Reden', 'Link'];

export const previewKinds = {
  unchecked: 'Wordt gecontroleerd…',
  new: 'Nieuw',
  existing: 'Al uitgenodigd',
  conflict: 'Heeft ander assessment',
  ended: 'Zonder resultaat geëindigd',
  invalid: 'Correctie nodig',
};

export const outcomes = {
  queued: 'In de wachtrij',
  invited: 'Uitgenodigd',
  existing: 'Al uitgenodigd',
  failed: 'Niet uitgenodigd',
  cancelled: 'Geannuleerd',
};

export const reasons = {
  invalid_email: 'Dit e-mailadres is ongeldig.',
  name_missing: 'De naam ontbreekt.',
  name_too_long: 'De naam is te lang.',
  duplicate: 'Dit e-mailadres staat twee keer in de lijst. Verwijder er één.',
  type_conflict: 'Maar één assessment per project. Deze persoon heeft al een ander assessment.',
  link_missing: 'Evalon heeft geen bruikbare link teruggegeven. Neem contact op met IT.',
  upstream_rejected:
    'Evalon heeft de uitnodiging geweigerd. Corrigeer de naam of het e-mailadres en voeg de kandidaat toe aan een nieuwe lijst, of neem contact op met IT.',
  upstream_unavailable: 'Evalon was niet bereikbaar. Probeer het later opnieuw.',
  erased: 'De gegevens van deze persoon zijn gewist.',
};

export const unknownReason = 'Deze persoon kon niet worden uitgenodigd. Neem contact op met IT.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) =>
  plural(count, { one: '# persoon uitnodigen', other: '# personen uitnodigen' });
export const invitingCount = (count: number) =>
  plural(count, { one: '# persoon wordt uitgenodigd…', other: '# personen worden uitgenodigd…' });
export const skippedCount = (count: number) =>
  plural(count, { one: '# persoon wordt niet uitgenodigd.', other: '# personen worden niet uitgenodigd.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: '# wachtende uitnodiging annuleren? Deze persoon wordt niet uitgenodigd.',
    other: '# wachtende uitnodigingen annuleren? Deze personen worden niet uitgenodigd.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: '# wachtende uitnodiging annuleren', other: '# wachtende uitnodigingen annuleren' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Alle';
export const editLabel = (candidate: string) => `Bewerken: ${candidate}`;
export const removeLabel = (candidate: string) => `Verwijderen: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Link kopiëren: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} t/m ${formatNumber(last)} van ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} van ${formatNumber(total)} verwerkt.`;
export const lessThanMinuteLeft = 'Nog minder dan een minuut.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Nog ongeveer # minuut.', other: 'Nog ongeveer # minuten.' });
export const hoursLeft = (hours: number) => plural(hours, { one: 'Nog ongeveer # uur.', other: 'Nog ongeveer # uur.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# persoon uitgenodigd.', other: '# personen uitgenodigd.' }),
  existing: (count: number) => `${formatNumber(count)} al uitgenodigd.`,
  failed: (count: number) => `${formatNumber(count)} niet uitgenodigd.`,
  cancelled: (count: number) => `${formatNumber(count)} geannuleerd.`,
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} in de wachtrij`,
  invited: (count: number) => `${formatNumber(count)} uitgenodigd`,
  existing: (count: number) => `${formatNumber(count)} al uitgenodigd`,
  failed: (count: number) => `${formatNumber(count)} niet uitgenodigd`,
  cancelled: (count: number) => `${formatNumber(count)} geannuleerd`,
};

export const openBatchLabel = (time: string) => `Openen: uitnodigingen van ${time}`;
export const csvFileName = (date: string) => `uitnodigingen-${date}.csv`;
