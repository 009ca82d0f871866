import type { CandidateTexts } from './candidate-texts.ts';

export const ar: CandidateTexts = {
  heading: (label) => `تقييم: ${label}`,
  forCandidate: (name) => `التقييم المخصص لـ ${name}`,
  lead: (questions, sections) =>
    `أسئلة قصيرة: ${questions}. أقسام: ${sections}. المدة: نحو أربع دقائق. لا توجد أسئلة خادعة. يُرجى الإجابة كما في يوم عمل عادي.`,
  questionCount: (count) => `الأسئلة: ${count}`,
  start: 'بدء التقييم',
  decline: 'رفض',
  progress: (index, count) => `القسم ${index} من ${count}`,
  incompletePageTitle: (pageTitle) => `غير مكتمل: ${pageTitle}`,
  next: 'متابعة',
  submit: 'إرسال الإجابات',
  answerAll: 'يُرجى الإجابة عن جميع الأسئلة للمتابعة.',
  notAnswered: 'لم تتم الإجابة بعد عن:',
  thanks: (name) => `شكرًا، ${name}`,
  thanksText: 'تم إرسال الإجابات. ستطّلع الشركة صاحبة الدعوة على النتيجة بعد لحظات.',
  expired: 'انتهت صلاحية هذا الرابط',
  expiredText: 'لم يعد من الممكن إجراء هذا التقييم. يُرجى طلب رابط جديد من الشركة صاحبة الدعوة.',
  declined: 'تم رفض هذا التقييم',
  declinedText: 'لم يتم تسجيل أي شيء. إذا كان ذلك خطأ، فيُرجى التواصل مع الشركة صاحبة الدعوة.',
  completed: 'سبق إكمال هذا التقييم',
  completedText: 'تم إرسال الإجابات. يمكن إغلاق هذه الصفحة.',
  unknown: 'رابط غير معروف',
  unknownText: 'يُرجى التحقق من نسخ الرابط كاملًا.',
  simulated: 'محاكاة',
  footer: 'هذا عرض تجريبي. لا تغادر أي بيانات هذا الجهاز.',
};
