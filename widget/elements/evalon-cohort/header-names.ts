/** The names of columns with candidates, in several languages. Compared in lower case, letters and digits only. */

const EMAIL = [
  ...['email', 'mail', 'emailaddress', 'candidateemail', 'emailadresse', 'mailadresse'],
  ...[
    'courriel',
    'adresseemail',
    'adressemail',
    'adresseélectronique',
    'correo',
    'correoelectrónico',
    'endereçodeemail',
  ],
  ...['emailadres', 'indirizzoemail', 'postaelettronica', 'adresemail', 'pocztaelektroniczna'],
  ...[
    'メール',
    'メールアドレス',
    'eメール',
    'البريدالإلكتروني',
    'البريدالالكتروني',
    'الإيميل',
    'דואל',
    'דואראלקטרוני',
    'אימייל',
  ],
];

const NAME = [
  ...['name', 'fullname', 'candidate', 'candidatename', 'displayname', 'applicant'],
  ...['vollständigername', 'kandidat', 'kandidatin', 'bewerber', 'bewerberin'],
  ...['nomcomplet', 'candidat', 'nombrecompleto', 'candidato', 'nomecompleto', 'naam', 'volledigenaam', 'kandidaat'],
  ...[
    'nominativo',
    'imięinazwisko',
    '氏名',
    '名前',
    '候補者',
    'الاسم',
    'الاسمالكامل',
    'المرشح',
    'שםמלא',
    'שם',
    'מועמד',
  ],
];

const FIRST_NAME = [
  ...['firstname', 'first', 'givenname', 'forename', 'vorname', 'prénom', 'prenom', 'primeironome', 'voornaam'],
  ...['imię', 'imie', '名', 'الاسمالأول', 'שםפרטי'],
];

const LAST_NAME = [
  ...['lastname', 'last', 'surname', 'familyname', 'nachname', 'familienname', 'nomdefamille', 'apellido', 'apellidos'],
  ...['sobrenome', 'apelido', 'achternaam', 'cognome', 'nazwisko', '姓', 'اسمالعائلة', 'שםמשפחה'],
];

/** Next to a column of last names, `nombre` is a first name. Next to one of first names, `nom` is a last name. */
const AMBIGUOUS_FIRST = ['nombre', 'nome', 'name'];
const AMBIGUOUS_LAST = ['nom'];

/** Positions of the columns; -1 if there is none. */
export interface CandidateColumns {
  email: number;
  name: number;
  firstName: number;
  lastName: number;
}

/** Returns undefined if the row has no column of emails, so that it is no header. */
export function findColumns(header: readonly string[]): CandidateColumns | undefined {
  const names = header.map((name) =>
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, ''),
  );
  const find = (...lists: readonly string[][]) => names.findIndex((name) => lists.some((list) => list.includes(name)));
  const email = find(EMAIL);
  if (email === -1) return undefined;
  const firstName = find(FIRST_NAME);
  const lastName = find(LAST_NAME, firstName === -1 ? [] : AMBIGUOUS_LAST);
  if (firstName === -1 && lastName === -1) {
    return { email, name: find(NAME, AMBIGUOUS_FIRST, AMBIGUOUS_LAST), firstName, lastName };
  }
  return { email, name: -1, firstName: firstName === -1 ? find(AMBIGUOUS_FIRST) : firstName, lastName };
}
