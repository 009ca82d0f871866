import type { BuiltInMessages } from './messages.ts';

/**
 * Each sentence begins with an Arabic word, and the link has its own line, because mail programs take the direction of a
 * line from its first letter.
 */
const INVITE_MESSAGE = `مرحبًا {name}،

نشكر لك اهتمامك بالعمل معنا. ندعوك في الخطوة التالية إلى تقييم {assessment}. يمكنك البدء متى شئت:

{link}

هذا الرابط شخصي، فنرجو عدم مشاركته. لأي سؤال، يكفي الرد على هذه الرسالة.

مع التحية،
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

إذا كان هناك خلل ما أو كانت لديك أي أسئلة، فيكفي الرد على هذه الرسالة.

مع التحية،
{recruiter}
{company}`,
};
