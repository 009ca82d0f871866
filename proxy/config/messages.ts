/** The texts that recruiters pass on to candidates, with placeholders that the widget fills. */
import type { Settings } from './settings.ts';

export interface MessageConfig {
  inviteSubject: string;
  inviteMessage: string;
  reminderSubject: string;
  reminderMessage: string;
  companyName?: string;
  /** A text or an https URL that is added to every message. */
  notice?: string;
}

const INVITE_SUBJECT = 'Your {assessment} assessment';
const INVITE_SUBJECT_WITH_COMPANY = 'Your {assessment} assessment with {company}';

const INVITE_MESSAGE = `Hi {first_name},

Thanks for your interest in working with us! As the next step, we'd like to invite you to the {assessment} assessment. You can start whenever it suits you:

{link}

This link is personal, so please don't share it. If you have any questions, just reply to this message.

Best regards,
{recruiter}
{company}`;

const INVITE_MESSAGE_WITH_COMPANY = INVITE_MESSAGE.replace('working with us', 'working at {company}');

const REMINDER_SUBJECT = 'Reminder: your {assessment} assessment';

const REMINDER_MESSAGE = `Hi {first_name},

Just a friendly reminder that your {assessment} assessment is still waiting for you. You can take it whenever it suits you:

{link}

If something isn't working or you have any questions, just reply to this message.

Best regards,
{recruiter}
{company}`;

export function buildMessages(settings: Settings): MessageConfig {
  const { COMPANY_NAME: companyName, CANDIDATE_NOTICE: notice } = settings;
  return {
    inviteSubject: settings.INVITE_SUBJECT ?? (companyName ? INVITE_SUBJECT_WITH_COMPANY : INVITE_SUBJECT),
    inviteMessage: settings.INVITE_MESSAGE ?? (companyName ? INVITE_MESSAGE_WITH_COMPANY : INVITE_MESSAGE),
    reminderSubject: settings.REMINDER_SUBJECT ?? REMINDER_SUBJECT,
    reminderMessage: settings.REMINDER_MESSAGE ?? REMINDER_MESSAGE,
    ...(companyName && { companyName }),
    ...(notice && { notice }),
  };
}
