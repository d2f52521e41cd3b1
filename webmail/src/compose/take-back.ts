// The way back for a letter that has not left.
import type { Id, SetAnswer } from '../jmap/shapes';
import type { MailStore } from '../store/mail';

export interface Sent {
  submissionId: Id;
  emailId: Id;
}

/** Takes a letter back before it leaves: it is a draft again. False when it is too late. */
export async function takeBack(mail: MailStore, sent: Sent): Promise<boolean> {
  const drafts = mail.byRole('drafts');
  const box = mail.byRole('sent');
  const answer = await mail.client.call<SetAnswer>('EmailSubmission/set', {
    update: { [sent.submissionId]: { undoStatus: 'canceled' } },
    onSuccessUpdateEmail: {
      [sent.submissionId]: {
        'keywords/$draft': true,
        ...(drafts ? { [`mailboxIds/${drafts.id}`]: true } : {}),
        ...(box ? { [`mailboxIds/${box.id}`]: null } : {}),
      },
    },
  });
  return answer.updated !== null && sent.submissionId in answer.updated;
}
