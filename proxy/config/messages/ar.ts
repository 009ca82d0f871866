import type { BuiltInMessages } from './messages.ts';

/**
 * Each sentence begins with an Arabic word, and the link has its own line, because mail programs take the direction of a
 * line from its first letter.
 */
const INVITE_MESSAGE = `مرحبًا {name}،

نشكر لك اهتمامك بالعمل معنا. في الخطوة التالية، يسرنا دعوتك إلى إجراء تقييم {assessment}. يمكنك البدء في الوقت الذي يناسبك:

{link}

هذا الرابط شخصي، لذا نرجو عدم مشاركته. في حال وجود أي أسئلة، يكفي الرد على هذه الرسالة.

مع أطيب التحيات،
{recruiter}
{company}`;

export const ar: BuiltInMessages = {
  inviteSubject: 'دعوة إلى تقييم {assessment}',
  inviteSubjectWithCompany: 'دعوة إلى تقييم {assessment} لدى {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('بالعمل معنا', 'بالعمل لدى {company}'),
  reminderSubject: 'تذكير: تقييم {assessment}',
  reminderMessage: `مرحبًا {name}،

نود تذكيرك بأن تقييم {assessment} لا يزال في انتظارك. يمكنك إجراؤه في الوقت الذي يناسبك:

{link}

إذا كان هناك خلل ما أو كانت لديك أي أسئلة، يكفي الرد على هذه الرسالة.

مع أطيب التحيات،
{recruiter}
{company}`,
};
