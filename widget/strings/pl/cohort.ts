import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Zaproś kandydatów';
export const noInvitePermission = 'Nie masz uprawnień do zapraszania kandydatów. Skontaktuj się z działem IT.';
export const pasteLabel = 'Wklej kandydatów z arkusza lub e-maila';
export const pastePlaceholder = 'Anna Przykład <anna@example.com>\nJan Wzorcowy, jan@example.com';
export const checkCandidates = 'Sprawdź listę';
export const chooseFile = 'Wybierz plik CSV';
export const sourceHint = 'Listę można sprawdzić przed zaproszeniem kandydatów.';
export const readingCandidates = 'Wczytywanie kandydatów…';
export const noCandidatesFound =
  'Nie znaleziono kandydatów. Wklej po jednej osobie w wierszu, z imieniem, nazwiskiem i adresem e-mail.';
export const tooManyCandidates = 'Ta lista ma ponad 10 000 kandydatów. Podziel ją na mniejsze listy.';
export const listTooLong = 'Ten plik jest za duży. Podziel go na mniejsze pliki.';
export const unreadableFile = 'Nie można odczytać pliku. Zapisz go jako CSV i spróbuj ponownie.';
export const previewHeading = 'Sprawdź listę';
export const checking = 'Sprawdzanie kandydatów…';
export const discardList = 'Usuń listę';
export const edit = 'Edytuj';
export const remove = 'Usuń';
export const save = 'Zapisz';
export const cancelEdit = 'Anuluj';
export const nameColumn = 'Kandydat';
export const emailColumn = 'E-mail';
export const statusColumn = 'Status';
export const actionsColumn = 'Działania';
export const nameLabel = 'Imię i nazwisko';
export const filterLabel = 'Pokaż';
export const previousPage = 'Poprzednia';
export const nextPage = 'Następna';
export const noRows = 'Brak kandydatów w tej grupie.';
export const nothingToInvite = 'Brak nowych kandydatów do zaproszenia.';
export const retryFailed = 'Ponów nieudane zaproszenia';
export const cancelQueued = 'Anuluj oczekujące zaproszenia';
export const keepInviting = 'Kontynuuj zapraszanie';
export const copyLinks = 'Kopiuj linki';
export const copyLinksLabel = 'Kopiuj linki wszystkich zaproszonych kandydatów';
export const downloadCsv = 'Pobierz CSV';
export const inviteMore = 'Zaproś więcej kandydatów';
export const pastBatches = 'Wcześniejsze zaproszenia';
export const openBatch = 'Otwórz';
export const showMore = 'Pokaż więcej';
export const copyLink = 'Kopiuj link';
export const linksAfterInvite = 'Evalon nie wysyła linków e-mailem. Skopiuj je po zaproszeniu.';
export const linksNotSent = 'Kandydaci nie otrzymali e-maila. Skopiuj ich linki i wyślij je samodzielnie.';
export const estimating = 'Szacowanie pozostałego czasu…';
export const csvHeader = ['Imię i nazwisko', 'E-mail', 'Status', 'Powód', 'Link'];

export const previewKinds = {
  unchecked: 'Sprawdzanie…',
  new: 'Nowe',
  existing: 'Zaproszono wcześniej',
  conflict: 'Ma inny test',
  ended: 'Zakończono bez wyniku',
  invalid: 'Wymaga poprawy',
};

export const outcomes = {
  queued: 'W kolejce',
  invited: 'Zaproszono',
  existing: 'Zaproszono wcześniej',
  failed: 'Nie zaproszono',
  cancelled: 'Anulowano',
};

export const reasons = {
  invalid_email: 'To nie jest prawidłowy adres e-mail.',
  name_missing: 'Brakuje imienia i nazwiska.',
  name_too_long: 'Imię i nazwisko są za długie.',
  duplicate: 'Ten adres e-mail występuje na liście dwa razy. Usuń jeden.',
  type_conflict: 'Tylko jeden test na projekt. Ta osoba ma już inny.',
  link_missing: 'Evalon nie zwrócił działającego linku. Skontaktuj się z działem IT.',
  upstream_rejected:
    'Evalon odrzucił zaproszenie. Popraw imię, nazwisko lub adres e-mail i dodaj kandydata do nowej listy albo skontaktuj się z działem IT.',
  upstream_unavailable: 'Nie można było połączyć się z Evalon. Spróbuj ponownie później.',
  erased: 'Dane tej osoby zostały usunięte.',
};

export const unknownReason = 'Nie można było zaprosić tej osoby. Skontaktuj się z działem IT.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) =>
  plural(count, { one: 'Zaproś # osobę', few: 'Zaproś # osoby', many: 'Zaproś # osób', other: 'Zaproś # osoby' });
export const invitingCount = (count: number) =>
  plural(count, {
    one: 'Zapraszanie # osoby…',
    few: 'Zapraszanie # osób…',
    many: 'Zapraszanie # osób…',
    other: 'Zapraszanie # osoby…',
  });
export const skippedCount = (count: number) =>
  plural(count, {
    one: '# osoba nie zostanie zaproszona.',
    few: '# osoby nie zostaną zaproszone.',
    many: '# osób nie zostanie zaproszonych.',
    other: '# osoby nie zostanie zaproszone.',
  });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'Anulować # oczekujące zaproszenie? Ta osoba nie zostanie zaproszona.',
    few: 'Anulować # oczekujące zaproszenia? Te osoby nie zostaną zaproszone.',
    many: 'Anulować # oczekujących zaproszeń? Te osoby nie zostaną zaproszone.',
    other: 'Anulować # oczekującego zaproszenia? Te osoby nie zostaną zaproszone.',
  });
export const cancelCount = (count: number) =>
  plural(count, {
    one: 'Anuluj # oczekujące zaproszenie',
    few: 'Anuluj # oczekujące zaproszenia',
    many: 'Anuluj # oczekujących zaproszeń',
    other: 'Anuluj # oczekującego zaproszenia',
  });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Wszystkie';
export const editLabel = (candidate: string) => `Edytuj: ${candidate}`;
export const removeLabel = (candidate: string) => `Usuń: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Kopiuj link: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)}–${formatNumber(last)} z ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `Przetworzono ${formatNumber(doneCount)} z ${formatNumber(total)}.`;
export const lessThanMinuteLeft = 'Pozostało mniej niż minuta.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, {
    one: 'Pozostało około # minuty.',
    few: 'Pozostało około # minut.',
    many: 'Pozostało około # minut.',
    other: 'Pozostało około # minuty.',
  });
export const hoursLeft = (hours: number) =>
  plural(hours, {
    one: 'Pozostało około # godziny.',
    few: 'Pozostało około # godzin.',
    many: 'Pozostało około # godzin.',
    other: 'Pozostało około # godziny.',
  });

export const finishedSentences = {
  invited: (count: number) =>
    plural(count, {
      one: 'Zaproszono # osobę.',
      few: 'Zaproszono # osoby.',
      many: 'Zaproszono # osób.',
      other: 'Zaproszono # osoby.',
    }),
  existing: (count: number) => `Zaproszono wcześniej: ${formatNumber(count)}.`,
  failed: (count: number) => `Nie zaproszono: ${formatNumber(count)}.`,
  cancelled: (count: number) => `Anulowano: ${formatNumber(count)}.`,
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `w kolejce: ${formatNumber(count)}`,
  invited: (count: number) => `zaproszono: ${formatNumber(count)}`,
  existing: (count: number) => `zaproszono wcześniej: ${formatNumber(count)}`,
  failed: (count: number) => `nie zaproszono: ${formatNumber(count)}`,
  cancelled: (count: number) => `anulowano: ${formatNumber(count)}`,
};

export const openBatchLabel = (time: string) => `Otwórz: zaproszenia z ${time}`;
export const csvFileName = (date: string) => `zaproszenia-${date}.csv`;
