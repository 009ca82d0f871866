/**
 * Finds the email and name columns of a candidate list by their headers in several languages. Compares headers in lower
 * case, by their letters and digits only.
 */

const EMAIL_HEADERS = toWords(`
  email mail emailaddress candidateemail
  emailadresse mailadresse
  courriel adresseemail adressemail adresseélectronique
  correo correoelectrónico endereçodeemail
  emailadres indirizzoemail postaelettronica adresemail pocztaelektroniczna
  メール メールアドレス eメール
  البريدالإلكتروني البريدالالكتروني الإيميل
  דואל דואראלקטרוני אימייל
`);

const NAME_HEADERS = toWords(`
  name fullname candidate candidatename displayname applicant
  vollständigername kandidat kandidatin bewerber bewerberin
  nomcomplet candidat nombrecompleto candidato nomecompleto naam volledigenaam kandidaat
  nominativo imięinazwisko
  氏名 名前 候補者
  الاسم الاسمالكامل المرشح
  שםמלא שם מועמד
`);

const FIRST_NAME_HEADERS = toWords(`
  firstname first givenname forename vorname prénom prenom primeironome voornaam
  imię imie 名 الاسمالأول שםפרטי
`);

const LAST_NAME_HEADERS = toWords(`
  lastname last surname familyname nachname familienname nomdefamille apellido apellidos
  sobrenome apelido achternaam cognome nazwisko 姓 اسمالعائلة שםמשפחה
`);

/** A first name if there is also a column of last names; a full name otherwise. */
const FIRST_OR_FULL_NAME = ['nombre', 'nome', 'name'];
/** A last name if there is also a column of first names; a full name otherwise. */
const LAST_OR_FULL_NAME = ['nom'];

/** The index of each column; -1 if there is no such column. */
export interface CandidateColumns {
  email: number;
  name: number;
  firstName: number;
  lastName: number;
}

/** Returns undefined if the row names no email column, because such a row is no header. */
export function findColumns(row: readonly string[]): CandidateColumns | undefined {
  const headers = row.map((cell) =>
    cell
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, ''),
  );
  const find = (...lists: readonly string[][]) =>
    headers.findIndex((header) => lists.some((list) => list.includes(header)));
  const email = find(EMAIL_HEADERS);
  if (email === -1) return undefined;
  const firstName = find(FIRST_NAME_HEADERS);
  const lastName = find(LAST_NAME_HEADERS, firstName === -1 ? [] : LAST_OR_FULL_NAME);
  if (firstName === -1 && lastName === -1) {
    return { email, name: find(NAME_HEADERS, FIRST_OR_FULL_NAME, LAST_OR_FULL_NAME), firstName, lastName };
  }
  return { email, name: -1, firstName: firstName === -1 ? find(FIRST_OR_FULL_NAME) : firstName, lastName };
}

function toWords(text: string): string[] {
  return text.trim().split(/\s+/);
}
