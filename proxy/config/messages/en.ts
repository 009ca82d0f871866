import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `Hi {first_name},

Thanks for your interest in working with us! As the next step, we'd like to invite you to the {assessment} assessment. You can start whenever it suits you:

{link}

This link is personal, so please don't share it. If you have any questions, just reply to this message.

Best regards,
{recruiter}
{company}`;

export const en: BuiltInMessages = {
  inviteSubject: 'Your {assessment} assessment',
  inviteSubjectWithCompany: 'Your {assessment} assessment with {company}',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('working with us', 'working at {company}'),
  reminderSubject: 'Reminder: your {assessment} assessment',
  reminderMessage: `Hi {first_name},

Just a friendly reminder that your {assessment} assessment is still waiting for you. You can take it whenever it suits you:

{link}

If something isn't working or you have any questions, just reply to this message.

Best regards,
{recruiter}
{company}`,
};
