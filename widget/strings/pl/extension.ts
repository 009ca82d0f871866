import { formats } from './formats.ts';

export const signInNeeded = 'Zaloguj się, aby zobaczyć testy.';
export const signIn = 'Zaloguj się';
export const signOut = 'Wyloguj się';
export const continueInWindow = 'Kontynuuj w oknie logowania.';
export const signInWindowClosed = 'Okno logowania zostało zamknięte. Zaloguj się ponownie.';
export const candidateTab = 'Kandydat';
export const inboxTab = 'Skrzynka';
export const noCandidate = 'Otwórz kandydata w swoim ATS, aby zobaczyć tutaj jego testy.';
export const pageChanging = 'Oczekiwanie, aż strona pokaże kandydata…';
export const lookingUpCandidate = 'Wyszukiwanie kandydata…';
export const retry = 'Spróbuj ponownie';
export const noProxy = 'To rozszerzenie nie ma adresu serwera proxy Twojej firmy. Wpisz go w opcjach.';
export const openOptions = 'Otwórz opcje';
export const candidateUnknown = 'Nie można zidentyfikować tej osoby';
export const enterManually =
  'Wpisz adres e-mail oraz imię i nazwisko kandydata. Sprawdź wypełnione pola: dane pochodzą ze strony.';
export const candidateNotFound = 'W ATS nie ma tej osoby lub nie masz uprawnień do jej danych.';
export const noEmail = 'ATS nie ma adresu e-mail tej osoby.';
export const noAssessments = 'Brak testów dostępnych dla tej osoby. Skontaktuj się z działem IT.';
export const email = 'E-mail';
export const name = 'Imię i nazwisko';
export const useCandidate = 'To jest ta osoba';
export const candidateChanged = 'Strona pokazuje teraz inną osobę, więc nie wysłano zaproszenia.';
export const pageNotResponding =
  'Strona nie odpowiada, więc nie wysłano zaproszenia. Odśwież stronę i spróbuj ponownie.';
export const confirmCandidate = 'Adres strony nie identyfikuje kandydata. Czy to jest osoba widoczna na stronie?';
export const confirmYes = 'Tak, pokaż testy';
export const confirmNo = 'Nie, to inna osoba';
export const chipLabel = 'Otwórz testy';
export const chipHint = 'Evalon: kliknij ikonę na pasku lub naciśnij Alt+Shift+E';
export const chipHintLabel = 'Testy Evalon';
export const storeDescription = 'Testy Evalon obok profilu kandydata w Greenhouse, Lever, Ashby i Workday.';
export const proxyAddress = 'Adres serwera proxy Evalon Twojej firmy';
export const save = 'Zapisz';
export const saved = 'Zapisano.';
export const invalidAddress = 'To nie jest adres serwera proxy. Wpisz adres, który zaczyna się od https://';
export const hostNotAllowed =
  'Przeglądarka nie może połączyć się z tym adresem bez Twojej zgody. Spróbuj ponownie lub skontaktuj się z działem IT.';
export const setByPolicy = 'Ustawione przez dział IT.';
export const blockedHostsTitle = 'Zablokowane adresy';
export const blockedHostsHint = 'Przeglądarka blokuje te adresy dla rozszerzenia. Zezwól na nie, aby zobaczyć testy.';
export const proxyHostBlocked =
  'Przeglądarka blokuje dostęp do serwera proxy Twojej firmy. Zezwól na ten dostęp w opcjach.';
export const optionalHostsTitle = 'Więcej stron';
export const optionalHostsHint = 'Ustawienia Twojej firmy zawierają te strony. Zezwól na nie, aby zobaczyć tam testy.';
export const optionalHostsPending =
  'Niektóre strony wymagają Twojej zgody, aby pokazać testy. Zezwól na nie w opcjach.';
export const allowButton = 'Zezwól';
export const allowedSuffix = '(dozwolone)';
export const allowHost = (host: string) => `Zezwól: ${host}`;
export const resultCountTitle = (count: number) =>
  count
    ? formats.plural(count, {
        one: '# nowy wynik',
        few: '# nowe wyniki',
        many: '# nowych wyników',
        other: '# nowego wyniku',
      })
    : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Testy Evalon. Ta osoba: ${status}`;
