import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Kandidat:innen einladen';
export const noInvitePermission = 'Sie haben keine Berechtigung, Kandidat:innen einzuladen. Wenden Sie sich an die IT.';
export const pasteLabel = 'Kandidat:innen aus einer Tabelle oder E-Mail einfügen';
export const pastePlaceholder = 'Erika Beispiel <erika@example.com>\nMax Muster, max@example.com';
export const checkCandidates = 'Liste prüfen';
export const chooseFile = 'CSV-Datei auswählen';
export const sourceHint = 'Sie können die Liste prüfen, bevor eine Einladung erstellt wird.';
export const readingCandidates = 'Kandidat:innen werden eingelesen…';
export const noCandidatesFound =
  'Keine Kandidat:innen gefunden. Fügen Sie pro Zeile eine Person mit Name und E-Mail-Adresse ein.';
export const tooManyCandidates =
  'Diese Liste enthält mehr als 10.000 Kandidat:innen. Teilen Sie sie in kleinere Listen auf.';
export const listTooLong = 'Diese Datei ist zu groß. Teilen Sie sie in kleinere Dateien auf.';
export const unreadableFile =
  'Die Datei kann nicht gelesen werden. Speichern Sie sie als CSV und versuchen Sie es erneut.';
export const previewHeading = 'Liste prüfen';
export const checking = 'Kandidat:innen werden geprüft…';
export const discardList = 'Liste verwerfen';
export const edit = 'Bearbeiten';
export const remove = 'Entfernen';
export const save = 'Speichern';
export const cancelEdit = 'Abbrechen';
export const nameColumn = 'Kandidat:in';
export const emailColumn = 'E-Mail';
export const statusColumn = 'Status';
export const actionsColumn = 'Aktionen';
export const nameLabel = 'Name';
export const filterLabel = 'Anzeigen';
export const previousPage = 'Zurück';
export const nextPage = 'Weiter';
export const noRows = 'Keine Kandidat:innen in dieser Gruppe.';
export const nothingToInvite = 'Keine neuen Kandidat:innen zum Einladen.';
export const retryFailed = 'Fehlgeschlagene Einladungen wiederholen';
export const cancelQueued = 'Wartende Einladungen abbrechen';
export const keepInviting = 'Weiter einladen';
export const copyLinks = 'Links kopieren';
export const copyLinksLabel = 'Links kopieren: alle eingeladenen Kandidat:innen';
export const downloadCsv = 'CSV herunterladen';
export const inviteMore = 'Weitere Kandidat:innen einladen';
export const pastBatches = 'Frühere Einladungen';
export const openBatch = 'Öffnen';
export const showMore = 'Mehr anzeigen';
export const copyLink = 'Link kopieren';
export const linksAfterInvite = 'Evalon versendet die Links nicht per E-Mail. Kopieren Sie sie nach der Einladung.';
export const linksNotSent =
  'Die Kandidat:innen haben keine E-Mail erhalten. Kopieren Sie die Links und versenden Sie sie selbst.';
export const estimating = 'Restzeit wird berechnet…';
export const csvHeader = ['Name', 'E-Mail', 'Status', 'Grund', 'Link'];

export const previewKinds = {
  unchecked: 'Wird geprüft…',
  new: 'Neu',
  existing: 'Bereits eingeladen',
  conflict: 'Hat anderen Eignungstest',
  ended: 'Ohne Ergebnis beendet',
  invalid: 'Muss korrigiert werden',
};

export const outcomes = {
  queued: 'In Warteschlange',
  invited: 'Eingeladen',
  existing: 'Bereits eingeladen',
  failed: 'Nicht eingeladen',
  cancelled: 'Abgebrochen',
};

export const reasons = {
  invalid_email: 'Das ist keine gültige E-Mail-Adresse.',
  name_missing: 'Der Name fehlt.',
  name_too_long: 'Der Name ist zu lang.',
  duplicate: 'Diese E-Mail-Adresse steht zweimal in der Liste. Entfernen Sie einen Eintrag.',
  type_conflict: 'Nur ein Eignungstest pro Projekt. Die Person hat bereits einen anderen.',
  link_missing: 'Evalon hat keinen nutzbaren Link zurückgegeben. Wenden Sie sich an die IT.',
  upstream_rejected:
    'Evalon hat die Einladung abgelehnt. Korrigieren Sie Name oder E-Mail-Adresse und fügen Sie die Person einer neuen Liste hinzu, oder wenden Sie sich an die IT.',
  upstream_unavailable: 'Evalon war nicht erreichbar. Versuchen Sie es später erneut.',
  erased: 'Die Daten der Person wurden gelöscht.',
};

export const unknownReason = 'Die Person konnte nicht eingeladen werden. Wenden Sie sich an die IT.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) => plural(count, { one: '# Person einladen', other: '# Personen einladen' });
export const invitingCount = (count: number) =>
  plural(count, { one: '# Person wird eingeladen…', other: '# Personen werden eingeladen…' });
export const skippedCount = (count: number) =>
  plural(count, { one: '# Person wird nicht eingeladen.', other: '# Personen werden nicht eingeladen.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: '# wartende Einladung abbrechen? Diese Person wird nicht eingeladen.',
    other: '# wartende Einladungen abbrechen? Diese Personen werden nicht eingeladen.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: '# wartende Einladung abbrechen', other: '# wartende Einladungen abbrechen' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Alle';
export const editLabel = (candidate: string) => `Bearbeiten: ${candidate}`;
export const removeLabel = (candidate: string) => `Entfernen: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Link kopieren: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} bis ${formatNumber(last)} von ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} von ${formatNumber(total)} verarbeitet.`;
export const lessThanMinuteLeft = 'Noch weniger als eine Minute.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Noch etwa # Minute.', other: 'Noch etwa # Minuten.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'Noch etwa # Stunde.', other: 'Noch etwa # Stunden.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# Person eingeladen.', other: '# Personen eingeladen.' }),
  existing: (count: number) => `${formatNumber(count)} bereits eingeladen.`,
  failed: (count: number) => `${formatNumber(count)} nicht eingeladen.`,
  cancelled: (count: number) => `${formatNumber(count)} abgebrochen.`,
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} in Warteschlange`,
  invited: (count: number) => `${formatNumber(count)} eingeladen`,
  existing: (count: number) => `${formatNumber(count)} bereits eingeladen`,
  failed: (count: number) => `${formatNumber(count)} nicht eingeladen`,
  cancelled: (count: number) => `${formatNumber(count)} abgebrochen`,
};

export const openBatchLabel = (time: string) => `Öffnen: Einladungen vom ${time}`;
export const csvFileName = (date: string) => `einladungen-${date}.csv`;
