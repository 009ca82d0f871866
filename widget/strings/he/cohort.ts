import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'הזמנת מועמדים';
export const noInvitePermission = 'אין לך הרשאה להזמין מועמדים. יש לפנות למחלקת ה-IT.';
export const pasteLabel = 'הדבקת מועמדים מגיליון אלקטרוני או מהודעת דוא"ל';
export const pastePlaceholder = 'נועה לוי <noa@example.com>\nאורי כהן, uri@example.com';
export const checkCandidates = 'סקירת הרשימה';
export const chooseFile = 'בחירת קובץ CSV';
export const sourceHint = 'ניתן לעבור על הרשימה לפני יצירת ההזמנות.';
export const readingCandidates = 'הרשימה נטענת…';
export const noCandidatesFound = 'לא נמצאו מועמדים. יש להדביק שורה לכל מועמד/ת, עם שם וכתובת דוא"ל.';
export const tooManyCandidates = 'הרשימה כוללת יותר מ-10,000 מועמדים. יש לחלק אותה לרשימות קטנות יותר.';
export const listTooLong = 'הקובץ גדול מדי. יש לחלק אותו לקבצים קטנים יותר.';
export const unreadableFile = 'לא ניתן לקרוא את הקובץ. יש לשמור אותו בתבנית CSV ולנסות שוב.';
export const previewHeading = 'סקירת הרשימה';
export const checking = 'הרשימה נבדקת…';
export const discardList = 'מחיקת הרשימה';
export const edit = 'עריכה';
export const remove = 'הסרה';
export const save = 'שמירה';
export const cancelEdit = 'ביטול';
export const nameColumn = 'מועמד/ת';
export const emailColumn = 'דוא"ל';
export const statusColumn = 'סטטוס';
export const actionsColumn = 'פעולות';
export const nameLabel = 'שם';
export const filterLabel = 'הצגה';
export const previousPage = 'הקודם';
export const nextPage = 'הבא';
export const noRows = 'אין מועמדים בקבוצה הזו.';
export const nothingToInvite = 'אין מועמדים חדשים להזמנה.';
export const retryFailed = 'ניסיון חוזר להזמנות שנכשלו';
export const cancelQueued = 'ביטול ההזמנות הממתינות';
export const keepInviting = 'המשך ההזמנות';
export const copyLinks = 'העתקת הקישורים';
export const copyLinksLabel = 'העתקת הקישורים: כל המועמדים שהוזמנו';
export const downloadCsv = 'הורדת CSV';
export const inviteMore = 'הזמנת מועמדים נוספים';
export const pastBatches = 'הזמנות קודמות';
export const openBatch = 'פתיחה';
export const showMore = 'הצגת עוד';
export const copyLink = 'העתקת הקישור';
export const linksAfterInvite = 'הקישורים אינם נשלחים בדוא"ל על ידי Evalon. יש להעתיק אותם אחרי ההזמנה.';
export const linksNotSent = 'לא נשלח דוא"ל למועמדים. יש להעתיק את הקישורים שלהם ולשלוח אותם בעצמך.';
export const estimating = 'הזמן שנותר מחושב…';
export const csvHeader = ['שם', 'דוא"ל', 'סטטוס', 'סיבה', 'קישור'];

export const previewKinds = {
  unchecked: 'בבדיקה…',
  new: 'חדש/ה',
  existing: 'כבר קיימת הזמנה',
  conflict: 'קיים מבדק אחר',
  ended: 'הסתיים ללא תוצאה',
  invalid: 'נדרש תיקון',
};

export const outcomes = {
  queued: 'בתור',
  invited: 'ההזמנה נוצרה',
  existing: 'כבר קיימת הזמנה',
  failed: 'ההזמנה לא נוצרה',
  cancelled: 'ההזמנה בוטלה',
};

export const reasons = {
  invalid_email: 'כתובת הדוא"ל אינה תקינה.',
  name_missing: 'השם חסר.',
  name_too_long: 'השם ארוך מדי.',
  duplicate: 'כתובת הדוא"ל מופיעה ברשימה פעמיים. יש להסיר אחת מהן.',
  type_conflict: 'מבדק אחד בלבד לכל פרויקט. למועמד/ת כבר יש מבדק אחר.',
  link_missing: 'לא התקבל קישור תקין מ-Evalon. יש לפנות למחלקת ה-IT.',
  upstream_rejected:
    'ההזמנה נדחתה ב-Evalon. יש לתקן את השם או את כתובת הדוא"ל ולהוסיף את המועמד/ת לרשימה חדשה, או לפנות למחלקת ה-IT.',
  upstream_unavailable: 'לא ניתן היה להתחבר ל-Evalon. יש לנסות שוב מאוחר יותר.',
  erased: 'נתוני המועמד/ת נמחקו.',
};

export const unknownReason = 'לא ניתן היה להזמין את המועמד/ת. יש לפנות למחלקת ה-IT.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) =>
  plural(count, { one: 'הזמנת מועמד/ת אחד/ת', two: 'הזמנת שני מועמדים', other: 'הזמנת # מועמדים' });
export const invitingCount = (count: number) =>
  plural(count, { one: 'נוצרת הזמנה אחת…', two: 'נוצרות שתי הזמנות…', other: 'נוצרות # הזמנות…' });
export const skippedCount = (count: number) =>
  plural(count, {
    one: 'לא תיווצר הזמנה למועמד/ת אחד/ת.',
    two: 'לא ייווצרו הזמנות לשני מועמדים.',
    other: 'לא ייווצרו הזמנות ל-# מועמדים.',
  });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'לבטל הזמנה ממתינה אחת? לא תיווצר הזמנה למועמד/ת.',
    two: 'לבטל שתי הזמנות ממתינות? לא ייווצרו הזמנות למועמדים האלה.',
    other: 'לבטל # הזמנות ממתינות? לא ייווצרו הזמנות למועמדים האלה.',
  });
export const cancelCount = (count: number) =>
  plural(count, {
    one: 'ביטול הזמנה ממתינה אחת',
    two: 'ביטול שתי הזמנות ממתינות',
    other: 'ביטול # הזמנות ממתינות',
  });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'הכול';
export const editLabel = (candidate: string) => `עריכה: ${candidate}`;
export const removeLabel = (candidate: string) => `הסרה: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `העתקת הקישור: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} עד ${formatNumber(last)} מתוך ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `טופלו ${formatNumber(doneCount)} מתוך ${formatNumber(total)}.`;
export const lessThanMinuteLeft = 'נותרה פחות מדקה.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'נותרה כדקה.', two: 'נותרו כשתי דקות.', other: 'נותרו כ-# דקות.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'נותרה כשעה.', two: 'נותרו כשעתיים.', other: 'נותרו כ-# שעות.' });

export const finishedSentences = {
  invited: (count: number) =>
    plural(count, { one: 'נוצרה הזמנה אחת.', two: 'נוצרו שתי הזמנות.', other: 'נוצרו # הזמנות.' }),
  existing: (count: number) => `הוזמנו בעבר: ${formatNumber(count)}.`,
  failed: (count: number) => `לא הוזמנו: ${formatNumber(count)}.`,
  cancelled: (count: number) => `בוטלו: ${formatNumber(count)}.`,
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `בתור: ${formatNumber(count)}`,
  invited: (count: number) => `הוזמנו: ${formatNumber(count)}`,
  existing: (count: number) => `הוזמנו בעבר: ${formatNumber(count)}`,
  failed: (count: number) => `לא הוזמנו: ${formatNumber(count)}`,
  cancelled: (count: number) => `בוטלו: ${formatNumber(count)}`,
};

export const openBatchLabel = (time: string) => `פתיחה: הזמנות מתאריך ${time}`;
export const csvFileName = (date: string) => `הזמנות-${date}.csv`;
