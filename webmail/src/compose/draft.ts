// A letter being written: kept here at once, on the server soon after, sent in the end.
import { MethodFault, type JmapClient } from '../jmap/client';
import type { Address, EmailHead, Id, Identity, SetAnswer } from '../jmap/shapes';
import type { MailStore } from '../store/mail';
import { escapeHtml } from './quote';
import type { Sent } from './take-back';

export interface DraftFile {
  blobId: Id;
  name: string;
  type: string;
  size: number;
  /** A picture within the text. */
  cid: string | null;
}

export interface Draft {
  /** Where it is kept in this browser. */
  key: string;
  /** The server's, once it has one. */
  serverId: Id | null;
  identityId: Id | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  html: string;
  /** What is quoted, as it was; it does not pass through the editor. */
  quoteHtml: string;
  quoteText: string;
  attribution: string;
  /** Plain text alone. */
  plain: boolean;
  text: string;
  files: DraftFile[];
  inReplyTo: string[] | null;
  references: string[] | null;
  /** What it answers, to be marked when it is sent. */
  answers: { id: Id; keyword: '$answered' | '$forwarded' } | null;
}

export function emptyDraft(key: string): Draft {
  return {
    key, serverId: null, identityId: null, to: [], cc: [], bcc: [], subject: '', html: '', quoteHtml: '', quoteText: '', attribution: '',
    plain: false, text: '', files: [], inReplyTo: null, references: null, answers: null,
  };
}

export function isEmpty(draft: Draft): boolean {
  return !draft.to.length && !draft.cc.length && !draft.subject.trim() && !draft.html.replace(/<[^>]*>|&nbsp;/g, '').trim() && !draft.text.trim() && !draft.files.length;
}

function htmlOf(draft: Draft): string {
  const quote = draft.quoteHtml
    ? `<div>${escapeHtml(draft.attribution).replaceAll('\n', '<br>')}</div><blockquote type="cite">${draft.quoteHtml}</blockquote>`
    : '';
  return `<!DOCTYPE html><html><body>${draft.html}${quote ? `<br>${quote}` : ''}</body></html>`;
}

function textOf(draft: Draft): string {
  const quote = draft.quoteText ? `\n\n${draft.attribution}\n${draft.quoteText}` : '';
  return `${draft.text.trimEnd()}${quote}\n`;
}

/** The draft as an Email object of RFC 8621 §4.6. */
export function toEmail(draft: Draft, identity: Identity | undefined, drafts: Id): Record<string, unknown> {
  const text = { partId: 'text', type: 'text/plain' };
  const html = { partId: 'html', type: 'text/html' };
  const inline = draft.files.filter((file) => file.cid);
  const attached = draft.files.filter((file) => !file.cid);
  const part = (file: DraftFile) => ({
    blobId: file.blobId,
    type: file.type,
    name: file.name,
    disposition: file.cid ? 'inline' : 'attachment',
    ...(file.cid ? { cid: file.cid } : {}),
  });
  const rich = inline.length ? { type: 'multipart/related', subParts: [html, ...inline.map(part)] } : html;
  const body = draft.plain ? text : { type: 'multipart/alternative', subParts: [text, rich] };
  return {
    mailboxIds: { [drafts]: true },
    keywords: { $draft: true, $seen: true },
    from: identity ? [{ name: identity.name || null, email: identity.email }] : null,
    to: draft.to.length ? draft.to : null,
    cc: draft.cc.length ? draft.cc : null,
    bcc: draft.bcc.length ? draft.bcc : null,
    replyTo: identity?.replyTo ?? null,
    subject: draft.subject,
    inReplyTo: draft.inReplyTo,
    references: draft.references,
    bodyStructure: attached.length ? { type: 'multipart/mixed', subParts: [body, ...attached.map(part)] } : body,
    bodyValues: draft.plain
      ? { text: { value: textOf(draft) } }
      : { text: { value: textOf(draft) }, html: { value: htmlOf(draft) } },
  };
}

/** Puts the draft on the server in the place of the one before. */
export async function saveDraft(mail: MailStore, draft: Draft): Promise<Id> {
  const drafts = mail.byRole('drafts');
  if (!drafts) throw new MethodFault('notFound', 'drafts');
  const identity = identityOf(mail, draft);
  const before = draft.serverId;
  const answer = await mail.client.call<SetAnswer<{ id: Id }>>('Email/set', {
    create: { draft: toEmail(draft, identity, drafts.id) },
    ...(before ? { destroy: [before] } : {}),
  });
  const made = answer.created?.draft;
  if (!made) {
    const fault = answer.notCreated?.draft;
    throw new MethodFault(fault?.type ?? 'serverFail', fault?.description ?? '');
  }
  return made.id;
}

export function identityOf(mail: MailStore, draft: Draft): Identity | undefined {
  return mail.identities.value.find((each) => each.id === draft.identityId) ?? mail.identities.value[0];
}

/** Leaves what is kept here a little longer than what is promised. */
const GRACE_SECONDS = 3;

/**
 * Sends a draft that is on the server; it moves to the sent letters when it is taken.
 *
 * @param hold how many seconds it can be taken back, or when it leaves
 */
export async function submit(mail: MailStore, draft: Draft, emailId: Id, hold: number | Date): Promise<Sent> {
  const identity = identityOf(mail, draft);
  const drafts = mail.byRole('drafts');
  const sent = mail.byRole('sent');
  const recipients = [...draft.to, ...draft.cc, ...draft.bcc].map(({ email }) => ({ email, parameters: null }));
  const parameters = hold instanceof Date ? { HOLDUNTIL: `${hold.toISOString().slice(0, 19)}Z` } : hold > 0 ? { HOLDFOR: String(hold + GRACE_SECONDS) } : null;
  const answer = await mail.client.call<SetAnswer<{ id: Id }>>('EmailSubmission/set', {
    create: {
      send: {
        emailId,
        identityId: identity?.id,
        envelope: { mailFrom: { email: identity?.email ?? '', parameters }, rcptTo: recipients },
      },
    },
    onSuccessUpdateEmail: {
      '#send': {
        'keywords/$draft': null,
        ...(drafts ? { [`mailboxIds/${drafts.id}`]: null } : {}),
        ...(sent ? { [`mailboxIds/${sent.id}`]: true } : {}),
      },
    },
  });
  const made = answer.created?.send;
  if (!made) {
    const fault = answer.notCreated?.send;
    throw new MethodFault(fault?.type ?? 'serverFail', fault?.description ?? '');
  }
  if (draft.answers) mail.change({ [draft.answers.id]: { [`keywords/${draft.answers.keyword}`]: true } });
  for (const each of [...draft.to, ...draft.cc, ...draft.bcc]) mail.people.add(each, 5);
  return { submissionId: made.id, emailId };
}

/** Uploads a file, telling how far it is. */
export function upload(client: JmapClient, file: Blob, told: (share: number) => void): Promise<{ blobId: Id; type: string; size: number }> {
  const url = client.session.uploadUrl.replace('{accountId}', encodeURIComponent(client.account));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as { blobId: Id; type: string; size: number });
      else reject(new MethodFault(request.status === 413 ? 'tooLarge' : `http${request.status}`, ''));
    };
    request.onerror = () => reject(new Error('unreachable'));
    request.send(file);
  });
}

/** A draft of the server as one goes on with it. */
export function fromServer(key: string, email: EmailHead & { bcc: Address[] | null; inReplyTo: string[] | null; references: string[] | null }, html: string, text: string): Draft {
  return {
    ...emptyDraft(key),
    serverId: email.id,
    to: email.to ?? [],
    cc: email.cc ?? [],
    bcc: email.bcc ?? [],
    subject: email.subject ?? '',
    html,
    text,
    inReplyTo: email.inReplyTo,
    references: email.references,
  };
}
